import type { ConnectorCall } from '../test/wire/connector-stand-in';

export interface Verdict {
  readonly digests: number;
  /** Customers no digest ever named. */
  readonly lost: number;
  /** Customers that more than one digest named. */
  readonly doubled: number;
  /** Digests that named somebody a second time. */
  readonly doubledDigests: number;
  /** Those of them whose first message was found, by whoever sent the second, without a record of its POST. */
  readonly explained: number;
  /** Said twice for no reason that is known: none may be. */
  readonly unexplained: readonly string[];
}

interface Mention {
  readonly digest: string;
  readonly customers: readonly string[];
}

/**
 * What Teams was told: messages it took, messages whose answer was lost, and updates (an unknown outcome is settled by
 * updating the message before, which then names its customers, too).
 */
function mentionsOf(calls: readonly ConnectorCall[]): Mention[] {
  return calls
    .filter(({ kind, status }) => (kind === 'send' && status === 201) || (kind === 'update' && status === 200))
    .map(({ body }) => {
      const text = JSON.stringify(body);
      const customers = [...text.matchAll(/"customerId":"(swarm-\d+)"/g)].map(([, id = '']) => id);
      return { digest: /"digest":"([^"]+)"/.exec(text)?.[1] ?? '', customers: [...new Set(customers)] };
    });
}

/** The customers that were named at all. */
export const namedIn = (calls: readonly ConnectorCall[]): ReadonlySet<string> =>
  new Set(mentionsOf(calls).flatMap(({ customers }) => customers));

/** Looks at every customer that was named twice: the digest before must be one whose sender left no record. */
export function judge(
  calls: readonly ConnectorCall[],
  customers: readonly string[],
  foundUnknown: ReadonlySet<string>,
): Verdict {
  const mentions = mentionsOf(calls);
  const lastDigest = new Map<string, string>();
  const doubled = new Set<string>();
  const unexplained: string[] = [];
  let doubledDigests = 0;
  let explained = 0;
  for (const { digest, customers: named } of mentions) {
    const again = named.filter((id) => lastDigest.has(id));
    const without = again.filter((id) => !foundUnknown.has(lastDigest.get(id) ?? ''));
    again.forEach((id) => doubled.add(id));
    doubledDigests += again.length > 0 ? 1 : 0;
    explained += again.length > 0 && without.length === 0 ? 1 : 0;
    unexplained.push(...without.map((id) => `${id}: ${lastDigest.get(id) ?? ''}, then ${digest}`));
    named.forEach((id) => lastDigest.set(id, digest));
  }
  const lost = customers.filter((id) => !lastDigest.has(id)).length;
  return { digests: mentions.length, lost, doubled: doubled.size, doubledDigests, explained, unexplained };
}
