import assert from 'node:assert/strict';
import { ALL_DONE } from '../../test/builders/completion';
import { asksAbout, type Exported } from './exported';

/** What can happen to a customer at the milestone. */
export type ClosingKind = 'submit' | 'reopen' | 'newDate' | 'replied' | 'unresponsive' | 'keepTrying';
/** A reply and giving up end the chase, so that the others have to come more often. */
const ODDS: Readonly<Record<ClosingKind, number>> = {
  submit: 3,
  reopen: 4,
  newDate: 4,
  replied: 1,
  unresponsive: 1,
  keepTrying: 3,
};
export const CLOSING_KINDS = (Object.keys(ODDS) as ClosingKind[]).flatMap((kind) =>
  Array.from({ length: ODDS[kind] }, () => kind),
);

/** A press as it is sent, and sent again with the same token while nobody knows what came of it. */
export interface ClosingPress {
  readonly kind: ClosingKind;
  readonly customerId: string;
  readonly token: string;
  /** The start date on the card, and the one chosen for a `newDate`. */
  readonly seen: string;
  readonly date: string;
}

/** One customer at the milestone as their FM knows it: one press after the other, each counted once. */
interface Closing {
  readonly fm: string;
  /** As the export says them. */
  readonly notes: string[];
  readonly history: string[];
  readonly contacts: string[];
  startDate: string;
  submitted: boolean;
  /** What the last completion said about the customer. */
  completion: string | undefined;
  /** Latest entry of the contact log. */
  last: 'reply' | 'unresponsive' | 'attempt' | undefined;
  reminder: 'scheduled' | 'answered' | 'stopped';
  /** The date the reminder asks about, and how often the FM has tried since it was set. */
  askedAbout: string;
  tries: number;
}

const isChased = ({ submitted, last }: Closing): boolean => !submitted && last !== 'reply' && last !== 'unresponsive';
/** A silent customer may answer after all, also after the end. */
const mayReply = ({ submitted, last }: Closing): boolean => last !== 'reply' && (!submitted || last === 'unresponsive');

const CONTACTS = { replied: 'reply', unresponsive: 'unresponsive', keepTrying: 'attempt' } as const;

/** Verb and data of a press. */
export function wireOf({ kind, customerId, token, seen, date }: ClosingPress): {
  readonly verb: string;
  readonly data: object;
} {
  const data = { customerId, workload: 'exchange-online', token };
  switch (kind) {
    case 'submit':
      return { verb: 'checklist.submit', data: { ...data, ...ALL_DONE, customerStatus: `closing ${token};` } };
    case 'reopen':
      return { verb: 'checklist.reopen', data: { ...data, reason: `reopening ${token};` } };
    case 'newDate':
      return {
        verb: 'startDate.save',
        data: { ...data, seen, date, occasion: 'customer-rescheduled', reason: `moving ${token};` },
      };
    case 'replied':
      return { verb: 'reminder.replied', data };
    case 'unresponsive':
      return { verb: 'reminder.unresponsive', data: { ...data, note: `silent ${token};` } };
    case 'keepTrying':
      return { verb: 'reminder.keepTrying', data: { ...data, againIn: '3' } };
  }
}

/** What an acknowledged press has done, by the rules: C14 and its undoing, S7, S8. @returns whether it did anything. */
function take(closing: Closing, { kind, token, seen, date }: ClosingPress): boolean {
  const { notes, history, contacts } = closing;
  if (kind === 'submit' && !closing.submitted) {
    notes.push('technicalEnablement', `engagementManagement: closing ${token};`);
    Object.assign(closing, { submitted: true, completion: `closing ${token};` });
  } else if (kind === 'reopen' && closing.submitted) {
    notes.push(`engagementManagement: reopening ${token};`);
    closing.submitted = false;
  } else if (kind === 'newDate') {
    history.push(`${seen} to ${date}, customer-rescheduled: moving ${token};`);
    notes.push(`overallStatus: moving ${token};`);
    Object.assign(closing, { startDate: date, last: undefined });
  } else if (kind === 'replied' ? mayReply(closing) : kind in CONTACTS && isChased(closing)) {
    const last = CONTACTS[kind as keyof typeof CONTACTS];
    contacts.push(kind === 'unresponsive' ? `${last}: silent ${token};` : `${last}: `);
    notes.push(...(kind === 'unresponsive' ? [`overallStatus: silent ${token};`] : []));
    closing.last = last;
    closing.tries += kind === 'keepTrying' ? 1 : 0;
  } else {
    return false;
  }
  return true;
}

function letReminderFollow(closing: Closing): void {
  if (isChased(closing)) {
    closing.tries = closing.askedAbout === closing.startDate ? closing.tries : 0;
    closing.askedAbout = closing.startDate;
    closing.reminder = 'scheduled';
  } else if (closing.reminder === 'scheduled') {
    closing.reminder = closing.last === 'reply' ? 'answered' : 'stopped';
  }
}

/** The truth about customers at the milestone: completions, reopenings, contacts and what becomes of the reminder. */
export class Closings {
  readonly counts = { submit: 0, reopen: 0, newDate: 0, replied: 0, unresponsive: 0, keepTrying: 0 };
  private readonly known = new Map<string, Closing>();

  add(customerId: string, fm: string, startDate: string): void {
    const lists = { notes: [], history: [], contacts: [] };
    const rest = { submitted: false, completion: undefined, last: undefined, tries: 0 };
    this.known.set(customerId, { fm, ...lists, startDate, ...rest, reminder: 'scheduled', askedAbout: startDate });
  }

  get ids(): string[] {
    return [...this.known.keys()];
  }

  startDateOf(customerId: string): string {
    return this.of(customerId).startDate;
  }

  done(press: ClosingPress): void {
    const closing = this.of(press.customerId);
    if (take(closing, press)) {
      this.counts[press.kind] += 1;
      letReminderFollow(closing);
    }
  }

  expected(customerId: string): object {
    const closing = this.of(customerId);
    const { fm, submitted, completion, reminder } = closing;
    const released = `${new Date().getUTCFullYear() + 1}-12-31`;
    return {
      notes: [...closing.notes].sort(),
      history: closing.history,
      contacts: closing.contacts,
      startDate: closing.startDate,
      serviceStatus: submitted ? 'Adoption' : 'Enablement',
      checklists: completion
        ? [`${submitted ? 'submitted' : 'draft'}: ${completion} next ${submitted ? released : null}`]
        : [],
      reminders: [
        `${reminder} with ${fm}, ${closing.tries} tries` +
          (reminder === 'scheduled' ? `, about ${closing.askedAbout}` : ''),
      ],
      signedBy: [fm],
    };
  }

  seen(exported: Exported): object {
    const { customers, notes, startDateChanges, contactLog, checklists, reminders } = exported;
    const [workload] = customers[0].workloads;
    const date: string = workload.startDate?.date;
    const signers = [...notes, ...startDateChanges, ...contactLog, ...checklists].map(({ by }) => by as string);
    return {
      notes: notes.map(({ field, text }) => [field, ownWords(text as string)].filter(Boolean).join(': ')).sort(),
      history: startDateChanges.map(({ from, to, occasion, reason }) => `${from} to ${to}, ${occasion}: ${reason}`),
      contacts: contactLog.map(({ kind, note }) => `${kind}: ${note}`),
      startDate: date,
      serviceStatus: workload.serviceStatus,
      checklists: checklists.map(
        ({ status, steps, nextActionDate }) => `${status}: ${steps.customerStatus} next ${nextActionDate}`,
      ),
      reminders: reminders.map(
        (row) =>
          `${row.status} with ${row.fm}, ${row.attempt} tries` +
          (row.status === 'scheduled' ? `, about ${asksAbout(row, date)}` : ''),
      ),
      signedBy: [...new Set([reminders[0].fm as string, ...signers])],
    };
  }

  private of(customerId: string): Closing {
    const closing = this.known.get(customerId);
    assert(closing, `the model knows no ${customerId}`);
    return closing;
  }
}

/** What its FM wrote, out of the words around it. */
const ownWords = (text: string): string | undefined => /(?:closing|reopening|moving|silent) [^;]+;/.exec(text)?.[0];
