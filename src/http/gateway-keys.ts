import { createHash, timingSafeEqual } from 'node:crypto';

/** How much one key may ask for: `burst` requests at once, `perSecond` in the long run. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export type KeyVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'tooMany'; readonly retryAfterSeconds: number };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

interface Bucket {
  readonly key: Buffer;
  tokens: number;
  filledAt: number;
}

/**
 * The keys that Gateway may present; several at a time, so that they can be rotated. Each has a token bucket of its own.
 * Comparing takes the same time whatever is presented: all keys are compared, as digests of one length.
 */
export class GatewayKeys {
  private readonly buckets: readonly Bucket[];

  /** @param now milliseconds of any clock that does not go back. */
  constructor(
    keys: readonly string[],
    private readonly rate: Rate,
    private readonly now: () => number,
  ) {
    this.buckets = keys.map((key) => ({ key: digest(key), tokens: rate.burst, filledAt: now() }));
  }

  /** Judges an `Authorization` header, and takes one token when the key is good. */
  check(authorization: string | undefined): KeyVerdict {
    const presented = digest(/^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '');
    let found: Bucket | undefined;
    for (const bucket of this.buckets) {
      found = timingSafeEqual(bucket.key, presented) ? bucket : found;
    }
    return found ? this.take(found) : { kind: 'refused' };
  }

  private take(bucket: Bucket): KeyVerdict {
    const now = this.now();
    const { perSecond, burst } = this.rate;
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * perSecond);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return { kind: 'tooMany', retryAfterSeconds: Math.ceil((1 - bucket.tokens) / perSecond) };
    }
    bucket.tokens--;
    return { kind: 'accepted' };
  }
}
