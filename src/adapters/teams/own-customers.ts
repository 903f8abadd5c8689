import type { Clock } from '../../ports/clock';
import type { CustomerIndex, CustomerSummary } from '../../ports/customer-index';
import { BoundedMap } from '../bounded-map';

/** As long as a profile is kept: what other instances changed is seen after a minute at the latest. */
const FRESH_FOR = 60_000;
/** Customers, with what was worked out to find their names: some ten kilobytes each. */
const MOST_KEPT = 5000;

interface Kept {
  readonly customers: readonly CustomerSummary[];
  readonly until: number;
}

/**
 * An FM's customers as they were a minute ago at most, to search sentences for their names: most sentences name none,
 * and reading the index was the largest part of a turn. Whatever is shown or done is read anew.
 */
export class OwnCustomers {
  private readonly kept = new BoundedMap<string, Kept>(MOST_KEPT);

  constructor(private readonly clock: Clock) {}

  /** @param index the turn's view of the index, which a list shown in the same turn then shares. */
  async lately(fm: string, index: CustomerIndex): Promise<readonly CustomerSummary[]> {
    return this.fresh(fm) ?? this.reread(fm, index);
  }

  /** The same for whoever is told about them: that there are none is not said on the strength of a minute ago. */
  async latelyIfAny(fm: string, index: CustomerIndex): Promise<readonly CustomerSummary[]> {
    const known = this.fresh(fm);
    return known !== undefined && known.length > 0 ? known : this.reread(fm, index);
  }

  async reread(fm: string, index: CustomerIndex): Promise<readonly CustomerSummary[]> {
    const customers = await index.ofFm(fm);
    this.kept.forgetOldestWhile(({ until }) => until <= this.now());
    this.kept.set(fm, { customers, until: this.now() + FRESH_FOR }, customers.length + 1);
    return customers;
  }

  private fresh(fm: string): readonly CustomerSummary[] | undefined {
    const known = this.kept.get(fm);
    return known !== undefined && known.until > this.now() ? known.customers : undefined;
  }

  private now(): number {
    return this.clock.now().epochMilliseconds;
  }
}
