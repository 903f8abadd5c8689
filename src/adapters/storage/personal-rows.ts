import type { Forget } from '../../domain/former-user';
import type { Person, PersonalData, RowsByTable } from '../../ports/personal-data';
import type { Profile } from '../../ports/profiles';
import { customerPartition } from './customer-transaction';
import { isEarlierName } from './earlier-names';
import { fmPartition } from './hints';
import { encodeKey, hashKey } from './keys';
import { textColumns, textOf } from './long-text';
import { addressKey, PROFILE_ROW, profileOf } from './profiles-table';
import type { Row } from './row';
import { TABLE_NAMES, type TableName, type Tables } from './tables';

/** Texts that may be spread over several columns. */
const LONG_TEXTS = ['text', 'reason', 'note', 'outcome'] as const;
/** Log entries and outcomes of presses; the head before them is changed by commits. */
const LOG = { from: '1', before: '3' } as const;
const OWN_TABLES = ['profiles', 'botstate', 'feedback', 'deliveries', 'duereminders', 'customerhints'] as const;

interface Removal {
  readonly person: Person;
  readonly forget: Forget;
  readonly stateKeys: readonly string[];
  readonly dryRun: boolean;
}

/** What Table Storage holds about a person. */
export class PersonalRows implements PersonalData {
  constructor(
    private readonly tables: Tables,
    /** Writes a customer's index rows anew. */
    private readonly reindex: (customerId: string) => Promise<void>,
  ) {}

  async profilesOf(who: string): Promise<readonly Profile[]> {
    const found: Profile[] = [];
    for await (const row of this.tables.table.profiles.query({ filter: `RowKey eq '${PROFILE_ROW}'` })) {
      const profile = profileOf(row);
      if (profile.userId.toLowerCase() === who || profile.address === who) {
        found.push(profile);
      }
    }
    return found;
  }

  async rewriteLog(customerId: string, forget: Forget, dryRun: boolean): Promise<number> {
    const { customers } = this.tables.table;
    const filter = `PartitionKey eq '${customerPartition(customerId)}' and RowKey ge '${LOG.from}' and RowKey lt '${LOG.before}'`;
    const changed: Row[] = [];
    for await (const row of customers.raw({ filter })) {
      const after = rewritten(row, forget);
      if (after) {
        changed.push(after);
      }
    }
    if (!dryRun) {
      await customers.transactAll(changed, (row) => ['upsert', row, 'Replace']);
    }
    return changed.length;
  }

  async removeRows(person: Person, how: Omit<Removal, 'person'>): Promise<RowsByTable> {
    const counts: Record<string, number> = {};
    for (const name of OWN_TABLES) {
      counts[name] = await this.removeFrom(name, { person, ...how });
    }
    return counts;
  }

  async remaining(forget: Forget): Promise<RowsByTable> {
    const counts: Record<string, number> = {};
    for (const name of TABLE_NAMES) {
      for await (const row of this.tables.table[name].raw()) {
        counts[name] = (counts[name] ?? 0) + (names(row, forget) ? 1 : 0);
      }
    }
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  private async removeFrom(name: TableName, removal: Removal): Promise<number> {
    const table = this.tables.table[name];
    const isOwnKey = ownKeys(removal);
    let removed = 0;
    for await (const row of table.raw()) {
      const isOwn = isOwnKey(row.partitionKey) || isOwnKey(row.rowKey);
      if (!isOwn && !names(row, removal.forget)) {
        continue;
      }
      removed += 1;
      if (removal.dryRun) {
        continue;
      }
      // A customer found by name is still to be found; only the person goes.
      const { customerId } = row;
      const isReindexed = name === 'customerhints' && !isOwn && typeof customerId === 'string';
      if (isReindexed) {
        await this.reindex(customerId);
      }
      if (!isReindexed || isEarlierName(row.partitionKey)) {
        await table.remove(row.partitionKey, row.rowKey, '*');
      }
    }
    return removed;
  }
}

/** Keys that are made from ids and tell them to nobody, and those of all kinds of deliveries (`fm:lead:ana@…`). */
function ownKeys({ person: { userIds, addresses }, stateKeys }: Removal): (key: string) => boolean {
  const known = new Set([
    ...[...userIds, ...stateKeys].map(hashKey),
    ...addresses.flatMap((address) => [addressKey(address), fmPartition(address)]),
  ]);
  const endings = addresses.map((address) => encodeKey(`:${address}`));
  return (key) => known.has(key) || endings.some((ending) => key.endsWith(ending));
}

const names = (row: Row, forget: Forget): boolean =>
  Object.values(row).some((value) => typeof value === 'string' && forget(value) !== value);

/** @returns undefined when the row does not name the person. */
function rewritten(row: Row, forget: Forget): Row | undefined {
  const columns: Record<string, Row[string]> = {};
  let isChanged = false;
  for (const [name, value] of Object.entries(row)) {
    const long = LONG_TEXTS.find((text) => new RegExp(`^${text}\\d*$`).test(name));
    if (long === undefined || typeof value !== 'string') {
      columns[name] = typeof value === 'string' && !name.endsWith('Key') ? forget(value) : value;
      isChanged ||= columns[name] !== value;
    } else if (name === long) {
      const before = textOf({ ...row, etag: '' }, long);
      const after = forget(before);
      Object.assign(columns, textColumns(long, after));
      isChanged ||= after !== before;
    }
  }
  return isChanged ? { ...columns, partitionKey: row.partitionKey, rowKey: row.rowKey } : undefined;
}
