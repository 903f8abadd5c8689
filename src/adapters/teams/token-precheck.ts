const SIGNED = new Set<unknown>(['RS256', 'RS384', 'RS512']);
/** The SDK's tolerance, in seconds. */
const CLOCK_SKEW = 300;
const MAX_HEADER = 16 * 1024;

const decode = (part: string | undefined): Record<string, unknown> | undefined => {
  try {
    const value = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Whether an `Authorization` header is worth the SDK's attention: a bearer token that names a signature we accept, has
 * an end that has not passed, and comes from the channel (`issuer`), neither from a skill nor from the emulator. The SDK takes tokens without an end, throws plain
 * errors for others, prints expired ones to standard error and may ask other servers for keys.
 * This decides nothing in favour of a token: the SDK checks signature, time, audience and service URL.
 */
export function looksLikeToken(header: string, issuer: string, nowMs: number): boolean {
  const [scheme, token, ...rest] = header.split(' ');
  if (scheme !== 'Bearer' || token === undefined || rest.length > 0 || header.length > MAX_HEADER) {
    return false;
  }
  const parts = token.split('.');
  const claims = decode(parts[1]);
  if (parts.length !== 3 || claims === undefined || !SIGNED.has(decode(parts[0])?.alg)) {
    return false;
  }
  if (typeof claims.exp !== 'number' || claims.exp + CLOCK_SKEW < nowMs / 1000) {
    return false;
  }
  return claims.iss === issuer;
}
