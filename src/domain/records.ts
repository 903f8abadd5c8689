import type { Temporal } from 'temporal-polyfill';
import type {
  ContactKind,
  DeliveryChannel,
  L1Status,
  Language,
  NoteField,
  Occasion,
  Region,
  ServiceStatus,
  WorkloadId,
} from './vocabulary';

/** A tenant and who looks after it. Addresses are lower-case. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly region: Region;
  readonly seats: number;
  /** `RFA` or other text. */
  readonly motion: string;
  readonly deliveryChannel: DeliveryChannel;
  /** The FM's address; undefined while nobody is assigned. */
  readonly fm: string | undefined;
  readonly accountManaged: boolean;
  /** Addresses of the account team; empty = unknown (C5). */
  readonly accountTeam: readonly string[];
  /** The customer's language, for mails to it. */
  readonly language: Language;
}

/** `month` = an estimate: the date is the first of that month (S10). */
export type Precision = 'day' | 'month';

export interface StartDate {
  readonly date: Temporal.PlainDate;
  readonly precision: Precision;
  /** A re-import never overwrites a date of source `fm`. */
  readonly source: 'gateway' | 'fm';
}

/** One service of a customer. */
export interface Workload {
  readonly workload: WorkloadId;
  /** The RFA that asked for it; workloads of one request share it (C6). */
  readonly requestId: string;
  readonly l1Status: L1Status;
  readonly serviceStatus: ServiceStatus;
  readonly startDate: StartDate | undefined;
  readonly kickoffDate: Temporal.PlainDate | undefined;
  readonly activeUsers: number;
  /** The latest entry of the contact log decides whether anyone is still to be chased (S7 S8). */
  readonly lastContact: { readonly kind: ContactKind; readonly at: Temporal.Instant } | undefined;
  /** Set by the import that first shows the milestone reached; absent = it never did. */
  readonly completionOffer?: CompletionOffer | undefined;
}

/** "Shall we complete this engagement?": asked by the bot once. */
export interface CompletionOffer {
  /** When an import first showed the milestone. */
  readonly since: Temporal.Instant;
  /** Whether the FM has been asked. */
  readonly made: boolean;
}

/** `by` = the writer's address, else their AAD object id. */
interface Signed {
  readonly at: Temporal.Instant;
  readonly by: string;
}

export interface Note extends Signed {
  readonly workload: WorkloadId;
  readonly field: NoteField;
  readonly text: string;
}

export interface StartDateChange extends Signed {
  readonly workload: WorkloadId;
  readonly from: Temporal.PlainDate | undefined;
  readonly to: Temporal.PlainDate;
  readonly precision: Precision;
  readonly occasion: Occasion;
  readonly reason: string;
}

export interface ContactEntry extends Signed {
  readonly workload: WorkloadId;
  readonly kind: ContactKind;
  readonly note: string;
}

export const REMINDER_STATUSES = ['scheduled', 'sent', 'answered', 'stopped', 'dead'] as const;
export type ReminderStatus = (typeof REMINDER_STATUSES)[number];

/** At most one live reminder per workload: it is chased or it is not (S7 S8). */
export interface Reminder {
  readonly id: string;
  readonly workload: WorkloadId;
  readonly fm: string;
  readonly dueAt: Temporal.Instant;
  /** The start date it asks about; undefined in rows older than this column. */
  readonly forDate: Temporal.PlainDate | undefined;
  /** `headsUp` = the morning of the start date itself, where the FM wants one. */
  readonly kind: 'chase' | 'headsUp';
  /** How often the FM has tried so far. */
  readonly attempt: number;
  /** How often it was sent and nobody pressed anything. */
  readonly ignored: number;
  readonly status: ReminderStatus;
  readonly sentAt: Temporal.Instant | undefined;
  /** A sent one comes again then if nobody answers. */
  readonly againAt: Temporal.Instant | undefined;
}

export interface Checklist extends Signed {
  readonly workload: WorkloadId;
  readonly status: 'draft' | 'submitted';
  /** Step id → answer, as in the contract's card inputs. */
  readonly steps: Readonly<Record<string, string>>;
  readonly nextActionDate: Temporal.PlainDate | undefined;
}
