const SIGNED = new Set<unknown>(['RS256', 'RS384', 'RS512']);
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
 * Whether an `Authorization` header is worth the SDK's attention: a bearer token that names a signature we accept and,
 * where `issuer` is given, comes from it. The SDK throws plain errors for the rest and may ask other servers for keys.
 * This decides nothing in favour of a token: the SDK checks signature, time, audience and service URL.
 */
export function looksLikeToken(header: string, issuer: string | undefined): boolean {
  const [scheme, token, ...rest] = header.split(' ');
  if (scheme !== 'Bearer' || token === undefined || rest.length > 0 || header.length > MAX_HEADER) {
    return false;
  }
  const parts = token.split('.');
  const claims = decode(parts[1]);
  if (parts.length !== 3 || claims === undefined || !SIGNED.has(decode(parts[0])?.alg)) {
    return false;
  }
  return issuer === undefined || claims.iss === issuer;
}
