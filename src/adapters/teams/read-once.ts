import type { CustomerIndex, CustomerSummary } from '../../ports/customer-index';

/**
 * The index for one turn: an FM's customers are read once, whoever asks for them. Understanding the sentence, the list
 * and the question "which customer?" all do; a turn changes customers last, so none needs a second look.
 */
export function readOnce(index: CustomerIndex): CustomerIndex {
  const read = new Map<string, Promise<readonly CustomerSummary[]>>();
  return {
    ofFm: async (fm) => {
      const customers = read.get(fm) ?? index.ofFm(fm);
      read.set(fm, customers);
      return customers;
    },
    named: async (words) => index.named(words),
    namedLike: async (words) => index.namedLike(words),
    ofAllFms: async () => index.ofAllFms(),
  };
}
