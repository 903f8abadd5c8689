import assert from 'node:assert/strict';
import type { Json } from '../../test/wire/teams-stand-in';
import { asksAbout, type Exported } from './exported';

/** A press that was acknowledged, by whom and with what. */
export interface Entry {
  readonly customerId: string;
  readonly by: string;
  readonly token: string;
  readonly data: Readonly<Record<string, unknown>>;
}
type Kind = 'saved' | 'noted' | 'drafted';

interface PutWorkload {
  readonly activeUsers: number;
  readonly startDate: { readonly date: string };
}

/** The body of a PUT, as far as the model looks into it. */
export interface PutCustomer {
  readonly name: string;
  readonly fm: string;
  readonly seats: number;
  readonly workloads: readonly PutWorkload[];
}

/** One customer as the world should see it; what happens at the same time is in an order of its own. */
interface View {
  readonly seats: number;
  readonly activeUsers: number | undefined;
  readonly startDate: string | undefined;
  readonly setBy: string;
  readonly history: readonly string[];
  /** Every change begins where the one before it in the export ended, and the last one is the date. */
  readonly historyIsChain: boolean;
  readonly notes: readonly string[];
  readonly contacts: readonly string[];
  readonly checklists: readonly string[];
  /** It asks about the date as it is now (S7): no change forgets it. */
  readonly reminders: readonly string[];
}

interface Known {
  customer: PutCustomer;
  /** By token. */
  readonly saved: Map<string, Entry>;
  readonly noted: Map<string, Entry>;
  readonly drafted: Map<string, Entry>;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The truth about customers whom an FM, leads and Gateway work on at once: what was acknowledged, nothing else. */
export class SharedCustomers {
  readonly counts = { saved: 0, refused: 0, noted: 0, drafted: 0, gateway: 0 };
  private readonly known = new Map<string, Known>();

  put(id: string, customer: PutCustomer): void {
    this.known.set(id, { customer, saved: new Map(), noted: new Map(), drafted: new Map() });
  }

  get ids(): string[] {
    return [...this.known.keys()];
  }

  customer(id: string): PutCustomer {
    return this.of(id).customer;
  }

  /** Gateway was told that it is in. */
  written(id: string, customer: PutCustomer): void {
    this.of(id).customer = customer;
    this.counts.gateway += 1;
  }

  /** A form serves one saving: nobody is told twice that theirs is the one. */
  did(kind: Kind, entry: Entry): void {
    const list = this.of(entry.customerId)[kind];
    assert(!list.has(entry.token), `acknowledged twice with different entries: ${JSON.stringify(entry)}`);
    list.set(entry.token, entry);
    this.counts[kind] += 1;
  }

  refused(): void {
    this.counts.refused += 1;
  }

  expected(id: string): View {
    const { customer, saved, noted, drafted } = this.of(id);
    const changes = [...saved.values()];
    const [workload] = customer.workloads;
    const startDate = endOf(workload?.startDate.date ?? '', changes);
    const draft = [...drafted.values()].at(-1);
    return {
      seats: customer.seats,
      activeUsers: workload?.activeUsers,
      startDate,
      setBy: changes.length > 0 ? 'fm' : 'gateway',
      history: changes
        .map(({ data, by }) => `${textOf(data.seen)} to ${textOf(data.date)}, kickoff: ${textOf(data.reason)}, ${by}`)
        .sort(),
      historyIsChain: true,
      notes: changes.map(({ data, by }) => `overallStatus: ${textOf(data.reason)}, ${by}`).sort(),
      contacts: [...noted.values()].map(({ data, by }) => `attempt: ${textOf(data.note)}, ${by}`).sort(),
      checklists: draft ? [`draft: no, ${textOf(draft.data.customerStatus)}, ${draft.by}`] : [],
      reminders: [`scheduled with ${customer.fm}, about ${startDate}, tries counted`],
    };
  }

  seen(exported: Exported): View {
    const [customer] = exported.customers;
    const [workload] = customer.workloads;
    const date: string = workload.startDate?.date;
    const changes = exported.startDateChanges;
    // As times, not as texts: "…00.12Z" is before "…00.123Z".
    const timeOf = ({ at }: Json): number => Date.parse(at as string);
    const dateSet = Math.max(0, ...changes.map(timeOf));
    const tries = exported.contactLog.filter((entry) => timeOf(entry) >= dateSet).length;
    return {
      seats: customer.seats,
      activeUsers: workload.activeUsers,
      startDate: date,
      setBy: workload.startDate?.source,
      history: changes
        .map(({ from, to, occasion, reason, by }) => `${from} to ${to}, ${occasion}: ${reason}, ${by}`)
        .sort(),
      historyIsChain: changes.every(({ to }, index) => to === (changes[index + 1]?.from ?? date)),
      notes: exported.notes
        .map(({ field, text, by }) => `${field}: ${/reason number-\d+/.exec(text as string)?.[0] ?? text}, ${by}`)
        .sort(),
      contacts: exported.contactLog.map(({ kind, note, by }) => `${kind}: ${note}, ${by}`).sort(),
      checklists: exported.checklists.map(
        ({ status, steps, by }) => `${status}: ${steps.readyForMore}, ${steps.customerStatus}, ${by}`,
      ),
      reminders: exported.reminders.map((reminder) => {
        const counted =
          reminder.attempt === tries
            ? 'tries counted'
            : `${reminder.attempt} tries for ${tries} since ${dateSet}: ${exported.contactLog.map(timeOf).join()}`;
        return `${reminder.status} with ${reminder.fm}, about ${asksAbout(reminder, date)}, ${counted}`;
      }),
    };
  }

  private of(id: string): Known {
    const known = this.known.get(id);
    assert(known, `the model knows no ${id}`);
    return known;
  }
}

/** Where a chain of changes ends, whatever the order they are listed in: every other date is left again. */
function endOf(start: string, changes: readonly Entry[]): string | undefined {
  const dates = [start, ...changes.map(({ data }) => textOf(data.date))];
  for (const { data } of changes) {
    const place = dates.indexOf(textOf(data.seen));
    if (place < 0) {
      return undefined;
    }
    dates.splice(place, 1);
  }
  return dates.length === 1 ? dates[0] : undefined;
}
