/** A mail as it is to be composed. */
export interface MailDraft {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

/**
 * The longest address that every client is known to open: Outlook on the web has been described and measured to fail
 * between 2,048 and 2,056 characters when the user has to sign in first (later measurements of signed-in sessions go far
 * beyond), and mail links through desktop browsers end near 2,000.
 */
export const LINK_LIMIT = 2000;

const COMPOSE = 'https://outlook.office.com/mail/deeplink/compose';

/** Spaces as %20: a `+` is shown as such in the composed mail. */
const parameter = (name: string, value: string): string => (value === '' ? '' : `${name}=${encodeURIComponent(value)}`);

const linkOf = ({ to, subject, body }: MailDraft): string =>
  `${COMPOSE}?${[parameter('to', to.join(';')), parameter('subject', subject), parameter('body', body)]
    .filter((part) => part !== '')
    .join('&')}`;

/** What recipients and subject may take of the link, so that some text always fits. */
const HEAD_LIMIT = 600;

/**
 * A link that opens Outlook with the mail filled in. What is too long for it is shortened (a body at a line or word,
 * followed by `continued`; recipients by whole addresses), and said so: the full mail is on the card.
 */
export function outlookLink(
  draft: MailDraft,
  continued: string,
): { readonly url: string; readonly shortened: boolean } {
  const whole = linkOf(draft);
  if (whole.length <= LINK_LIMIT) {
    return { url: whole, shortened: false };
  }
  const head = { to: addressesThatFit(draft.to), subject: beginning(draft.subject, encodedFits(HEAD_LIMIT)) };
  const bodyOf = (start: string): string => `${start.trimEnd()}\n${continued}`;
  const fits = (start: string): boolean => linkOf({ ...head, body: bodyOf(start) }).length <= LINK_LIMIT;
  const start = beginning(draft.body, fits);
  return { url: linkOf({ ...head, body: bodyOf(untilBreak(start)) }), shortened: true };
}

const encodedFits =
  (limit: number) =>
  (text: string): boolean =>
    encodeURIComponent(text).length <= limit;

function addressesThatFit(addresses: readonly string[]): string[] {
  const fits = encodedFits(HEAD_LIMIT);
  return addresses.filter((_, index) => fits(addresses.slice(0, index + 1).join(';')));
}

/** The longest beginning that fits, by whole characters: half a surrogate pair could not be encoded. */
function beginning(text: string, fits: (start: string) => boolean): string {
  if (fits(text)) {
    return text;
  }
  const characters = [...text];
  let [most, tooMany] = [0, characters.length];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(characters.slice(0, middle).join(''))) {
      most = middle;
    } else {
      tooMany = middle;
    }
  }
  return characters.slice(0, most).join('');
}

/** Back to the end of a line or sentence, else of a word, if there is one in the last third. */
function untilBreak(text: string): string {
  for (const isBreak of [/[\n。]/u, /\s/u]) {
    for (let end = text.length; end > (text.length * 2) / 3; end--) {
      if (isBreak.test(text.charAt(end - 1))) {
        return text.slice(0, end);
      }
    }
  }
  return text;
}
