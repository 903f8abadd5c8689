import type { Temporal } from 'temporal-polyfill';
import type { DueOffer } from '../domain/checklist/open-completions';
import type { ItemView } from '../domain/reminders/item-state';
import type { WorkloadId } from '../domain/vocabulary';
import type { Digest } from './deliveries';
import type { Profile } from './profiles';

export interface OutgoingDigest {
  readonly to: Profile;
  readonly digest: Digest;
  readonly items: readonly ItemView[];
  readonly timeZone: string;
  /** Items on the card at the most; the rest is behind "show more". */
  readonly most: number;
}

/** What a lead is told once a day. */
export interface LeadReport {
  readonly to: Profile;
  readonly ignored: readonly {
    readonly customerId: string;
    readonly name: string;
    readonly fm: string;
    readonly workload: WorkloadId;
    readonly times: number;
  }[];
  readonly unreachable: readonly { readonly fm: string; readonly since: Temporal.Instant }[];
  readonly timeZone: string;
}

/** What became of one POST. */
export type SendResult =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Teams may have acted on it: nobody can know. */
  | { readonly kind: 'unknown'; readonly code: string }
  /** The app sends too fast. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number | undefined }
  /** Certainly not sent, worth another try (concurrent operation, no connection, no token). */
  | { readonly kind: 'failed'; readonly code: string }
  /** Blocked, uninstalled, disabled: until the FM is back. */
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'noConversation' }
  | { readonly kind: 'tooLarge' }
  /** The message itself is refused: trying again changes nothing. */
  | { readonly kind: 'refused'; readonly code: string };

/** Writing to somebody who said nothing just now: one POST per call, never repeated in here. */
export interface Messenger {
  sendDigest(digest: OutgoingDigest): Promise<SendResult>;
  /** Puts the digest into a message sent earlier; may be done twice. */
  updateDigest(messageId: string, digest: OutgoingDigest): Promise<SendResult>;
  sendLeadReport(report: LeadReport): Promise<SendResult>;
  /** Asks whether to complete what an import has brought to the milestone. */
  sendOffer(to: Profile, due: readonly DueOffer[]): Promise<SendResult>;
  /** Opens the one-to-one chat. @returns where it is, or why not. */
  openChat(to: Profile): Promise<NonNullable<Profile['chat']> | SendResult>;
}
