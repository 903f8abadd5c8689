import type { CustomerFile, CustomerLog } from '../../src/ports/customers';
import { ALL_DONE } from '../builders/completion';

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
  readonly submits: string[];
  readonly reopens: string[];
  readonly contacts: string[];
  readonly moves: string[];
  startDate: string;
  submitted: boolean;
  /** Latest entry of the contact log. */
  last: 'reply' | 'unresponsive' | 'attempt' | undefined;
  reminder: 'scheduled' | 'answered' | 'stopped';
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

/** The truth about customers at the milestone: completions, reopenings, contacts and what becomes of the reminder. */
export class Closings {
  readonly counts = { submit: 0, reopen: 0, newDate: 0, replied: 0, unresponsive: 0, keepTrying: 0 };
  private readonly known = new Map<string, Closing>();

  add(customerId: string, startDate: string): void {
    const lists = { submits: [], reopens: [], contacts: [], moves: [] };
    this.known.set(customerId, { ...lists, startDate, submitted: false, last: undefined, reminder: 'scheduled' });
  }

  startDateOf(customerId: string): string {
    return this.of(customerId).startDate;
  }

  /** What an acknowledged press has done, by the rules: C14 and its undoing, S7, S8. */
  done({ kind, customerId, token, date }: ClosingPress): void {
    const closing = this.of(customerId);
    if (kind === 'submit' && !closing.submitted) {
      closing.submits.push(token);
      closing.submitted = true;
    } else if (kind === 'reopen' && closing.submitted) {
      closing.reopens.push(token);
      closing.submitted = false;
    } else if (kind === 'newDate') {
      closing.moves.push(token);
      closing.startDate = date;
      closing.last = undefined;
    } else if (kind === 'replied' ? mayReply(closing) : kind in CONTACTS && isChased(closing)) {
      closing.last = CONTACTS[kind as keyof typeof CONTACTS];
      closing.contacts.push(closing.last);
    } else {
      return;
    }
    this.counts[kind] += 1;
    if (isChased(closing)) {
      closing.reminder = 'scheduled';
    } else if (closing.reminder === 'scheduled') {
      closing.reminder = closing.last === 'reply' ? 'answered' : 'stopped';
    }
  }

  expected(customerId: string): object {
    const { submits, reopens, contacts, moves, startDate, submitted, reminder } = this.of(customerId);
    return {
      submits: [...submits].sort(),
      reopens: [...reopens].sort(),
      contacts: [...contacts].sort(),
      moves: [...moves].sort(),
      startDate,
      reminder,
      serviceStatus: submitted ? 'Adoption' : 'Enablement',
      checklist: submitted ? 'submitted' : submits.length > 0 ? 'draft' : undefined,
      hasNextActionDate: submitted,
    };
  }

  seen({ workloads, checklists, reminders, notes, contacts }: CustomerFile & CustomerLog): object {
    const tokens = (pattern: RegExp): string[] =>
      notes.flatMap(({ text }) => pattern.exec(text)?.slice(1) ?? []).sort();
    return {
      submits: tokens(/closing (.+?);/),
      reopens: tokens(/reopening (.+?);/),
      contacts: contacts.map(({ kind }) => kind).sort(),
      moves: tokens(/moving (.+?);/),
      startDate: workloads[0]?.startDate?.date.toString(),
      reminder: reminders[0]?.status,
      serviceStatus: workloads[0]?.serviceStatus,
      checklist: checklists[0]?.status,
      hasNextActionDate: checklists[0]?.nextActionDate !== undefined,
    };
  }

  private of(customerId: string): Closing {
    const closing = this.known.get(customerId);
    if (!closing) {
      throw new Error(`the model knows no ${customerId}`);
    }
    return closing;
  }
}
