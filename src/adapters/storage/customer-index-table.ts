import {
  eachOnce,
  type CustomerIndex,
  type CustomerSummary,
  type NamedCustomer,
  type TypedWord,
} from '../../ports/customer-index';
import type { EarlierNames } from './earlier-names';
import type { HintTable } from './hint-table';
import { FM_PARTITIONS, fmPartition } from './hints';
import { namesAsTyped, namesLike, type ReadNames } from './name-search';

/** Finding customers by FM and by name; see `HintTable` for how it stays true. */
export class CustomerIndexTable implements CustomerIndex {
  constructor(
    private readonly hints: HintTable,
    private readonly earlier: EarlierNames,
  ) {}

  async ofFm(fm: string): Promise<readonly CustomerSummary[]> {
    return this.hints.read(fmPartition(fm));
  }

  async named(words: readonly TypedWord[]): Promise<readonly NamedCustomer[]> {
    return this.search(namesAsTyped, words);
  }

  async namedLike(words: readonly TypedWord[]): Promise<readonly NamedCustomer[]> {
    return this.search(namesLike, words);
  }

  async ofAllFms(): Promise<readonly CustomerSummary[]> {
    // Who is given to another FM between two pages is in both.
    return eachOnce(await this.hints.readAll(FM_PARTITIONS));
  }

  private async search(by: typeof namesAsTyped, words: readonly TypedWord[]): Promise<readonly NamedCustomer[]> {
    const read: ReadNames = async (range) => this.hints.readNames(range);
    const found = await Promise.all([by(words, read), this.earlier.likeAny(words)]);
    return eachOnce(found.flat());
  }
}
