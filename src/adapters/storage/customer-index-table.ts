import type { CustomerIndex, CustomerSummary } from '../../ports/customer-index';
import type { Background } from './background';
import type { FmList } from './fm-list';
import type { HintTable } from './hint-table';
import { fmPartition, namePartition } from './hints';
import { namePrefixes } from './name-words';

/** Finding customers by FM and by name; see `HintTable` for how it stays true. */
export class CustomerIndexTable implements CustomerIndex {
  constructor(
    private readonly from: { hints: HintTable; fms: FmList },
    private readonly background: Background,
  ) {}

  async ofFm(fm: string): Promise<readonly CustomerSummary[]> {
    const found = await this.from.hints.read(fmPartition(fm));
    if (found.length === 0) {
      this.background.run(async () => this.from.fms.forgetIdle(fm));
    }
    return found;
  }

  async namedLike(words: readonly string[]): Promise<readonly CustomerSummary[]> {
    const partitions = namePrefixes(words.join(' ')).map(namePartition);
    const found = await Promise.all(partitions.map(async (partition) => this.from.hints.read(partition)));
    return [...new Map(found.flat().map((summary) => [summary.customerId, summary])).values()];
  }

  async fms(): Promise<readonly string[]> {
    return this.from.fms.all();
  }
}
