import { eachOnce, type CustomerIndex, type CustomerSummary } from '../../ports/customer-index';
import type { HintTable } from './hint-table';
import { FM_PARTITIONS, fmPartition, namePartition } from './hints';
import { namePrefixes } from './name-words';

/** Finding customers by FM and by name; see `HintTable` for how it stays true. */
export class CustomerIndexTable implements CustomerIndex {
  constructor(private readonly hints: HintTable) {}

  async ofFm(fm: string): Promise<readonly CustomerSummary[]> {
    return this.hints.read(fmPartition(fm));
  }

  async namedLike(words: readonly string[]): Promise<readonly CustomerSummary[]> {
    const partitions = namePrefixes(words.join(' ')).map(namePartition);
    const found = await Promise.all(partitions.map(async (partition) => this.hints.read(partition)));
    return eachOnce(found.flat());
  }

  async ofAllFms(): Promise<readonly CustomerSummary[]> {
    // Who is given to another FM between two pages is in both.
    return eachOnce(await this.hints.readAll(FM_PARTITIONS));
  }
}
