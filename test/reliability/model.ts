import type { CustomerFile, CustomerLog } from '../../src/ports/customers';
import type { GatewayRow } from '../builders/gateway-csv';

/** A press whose outcome may have to be asked for again with the very same data. */
export interface Press {
  readonly customerId: string;
  readonly by: string;
  readonly token: string;
  readonly data: Readonly<Record<string, unknown>>;
}

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

/** One customer as the world should see it; lists in an order of their own. */
export interface View {
  readonly seats: number;
  readonly activeUsers: number | undefined;
  readonly startDate: string | undefined;
  readonly history: readonly string[];
  readonly notes: readonly string[];
  readonly contacts: readonly string[];
  /** Latest status of the customer in the draft of the completion checklist. */
  readonly draft: string | undefined;
  /** The reminder asks about the date as it is now (S7): no change forgets it. */
  readonly reminder: string;
}

interface Known {
  customer: PutCustomer;
  /** By token: what was acknowledged. */
  readonly saved: Map<string, Press>;
  readonly noted: Map<string, Press>;
  readonly drafted: Map<string, Press>;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const lineOf = (press: Press): string =>
  [textOf(press.data.seen), textOf(press.data.date), textOf(press.data.reason), press.by].join(' | ');

/** The truth as users know it: what was acknowledged, nothing else. Lists for further kinds of work are added here. */
export class Model {
  readonly counts = { saved: 0, repeated: 0, refused: 0, noted: 0, drafted: 0, unknown: 0, gateway: 0 };
  private readonly known = new Map<string, Known>();
  private readonly open = new Map<string, Press>();
  private names = 0;
  private draft: { readonly id: string; readonly customer: PutCustomer; readonly byFile: boolean } | undefined;

  newName(): string {
    this.names += 1;
    return `number-${this.names}`;
  }

  put(id: string, customer: object): void {
    this.known.set(id, { customer: customer as PutCustomer, saved: new Map(), noted: new Map(), drafted: new Map() });
  }

  customer(id: string): PutCustomer {
    return this.of(id).customer;
  }

  fmOf(id: string): string {
    return this.customer(id).fm;
  }

  writing(id: string, customer: PutCustomer): void {
    this.draft ??= { id, customer, byFile: this.counts.gateway % 2 === 1 };
  }

  /** What Gateway has not been told is in. */
  toWrite(): { readonly id: string; readonly customer: PutCustomer; readonly byFile: boolean } | undefined {
    return this.draft;
  }

  written(id: string): void {
    if (this.draft) {
      this.of(id).customer = this.draft.customer;
      this.draft = undefined;
      this.counts.gateway += 1;
    }
  }

  rowsOf(id: string, { name, fm, seats, workloads }: PutCustomer): GatewayRow[] {
    return workloads.map(({ activeUsers, startDate }) => ({
      customerId: id,
      customerName: name,
      fm,
      seats: String(seats),
      accountTeam: '',
      requestId: 'RFA-7',
      engagementStartDate: startDate.date,
      kickoffDate: '',
      activeUsers: String(activeUsers),
    }));
  }

  pressed(press: Press): void {
    this.open.set(press.token, press);
  }

  answered(press: Press, verdict: 'saved' | 'noted' | 'drafted' | 'refused' | 'unknown'): void {
    this.counts[verdict] += 1;
    if (verdict === 'unknown') {
      return;
    }
    this.open.delete(press.token);
    if (verdict === 'refused') {
      return;
    }
    const list = this.of(press.customerId)[verdict];
    if (list.has(press.token)) {
      this.counts.repeated += 1;
      return;
    }
    list.set(press.token, press);
  }

  /** Presses whose outcome nobody was told. */
  unknown(): Press[] {
    return [...this.open.values()];
  }

  expected(id: string): View {
    const { customer, saved, noted, drafted } = this.of(id);
    const changes = [...saved.values()];
    const [workload] = customer.workloads;
    const lines = changes.map(lineOf).sort();
    return {
      seats: customer.seats,
      activeUsers: workload?.activeUsers,
      startDate: endOf(workload?.startDate.date ?? '', changes),
      history: lines,
      notes: changes.map(({ data, by }) => `${textOf(data.reason)} | ${by}`).sort(),
      contacts: [...noted.values()].map(({ data, by }) => `${textOf(data.note)} | ${by}`).sort(),
      draft: [...drafted.values()].map(({ data }) => textOf(data.customerStatus)).at(-1),
      reminder: `scheduled for ${endOf(workload?.startDate.date ?? '', changes)} with ${customer.fm}`,
    };
  }

  seen({ customer, workloads, checklists, reminders, ...log }: CustomerFile & CustomerLog): View {
    const [workload] = workloads;
    return {
      seats: customer.seats,
      activeUsers: workload?.activeUsers,
      startDate: workload?.startDate?.date.toString(),
      history: log.startDateChanges
        .map(({ from, to, reason, by }) => [from?.toString() ?? 'none', to.toString(), reason, by].join(' | '))
        .sort(),
      notes: log.notes.map(({ text, by }) => `${/reason number-\d+/.exec(text)?.[0] ?? text} | ${by}`).sort(),
      contacts: log.contacts.map(({ note, by }) => `${note} | ${by}`).sort(),
      draft: checklists[0]?.steps.customerStatus,
      reminder: reminders.map(({ status, forDate, fm }) => `${status} for ${forDate?.toString()} with ${fm}`).join(),
    };
  }

  private of(id: string): Known {
    const known = this.known.get(id);
    if (!known) {
      throw new Error(`the model knows no ${id}`);
    }
    return known;
  }
}

/** Where a chain of changes ends, whatever the order they are listed in: every other date is left again. */
function endOf(start: string, changes: readonly Press[]): string | undefined {
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
