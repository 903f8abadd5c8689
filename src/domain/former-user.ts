/** Stands in the records for whoever was forgotten: that somebody did it, when and why belongs to the customer's history. */
export const FORMER_USER = 'former-user';

/** A text without the forgotten person's addresses, ids and names; the same text when none is in it. */
export type Forget = (text: string) => string;

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
/** What an address, an id or a Latin name does not end beside: `ana@x.com` is not in `diana@x.com`. */
const BEFORE = '(?<![\\p{Script=Latin}\\p{N}._%+-])';
const AFTER = '(?![\\p{Script=Latin}\\p{N}_-]|\\.[\\p{Script=Latin}\\p{N}])';

/** @param known whatever the person is called by; upper and lower case are the same. */
export function forgetting(known: readonly string[]): Forget {
  const words = known.filter((word) => word.trim() !== '').sort((one, other) => other.length - one.length);
  if (words.length === 0) {
    return (text) => text;
  }
  const anyOf = words.map((word) => word.replace(SPECIAL, '\\$&')).join('|');
  const pattern = new RegExp(`${BEFORE}(?:${anyOf})${AFTER}`, 'giu');
  return (text) => text.replace(pattern, FORMER_USER);
}
