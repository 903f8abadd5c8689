import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenOptions {
  readonly audience: string;
  readonly serviceUrl?: string | undefined;
  readonly issuer?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly notBefore?: number;
  readonly hasNoExpiry?: boolean;
  readonly algorithm?: 'RS256' | 'RS384' | 'RS512' | 'HS256' | 'none';
  /** Signed with this stand-in's key (default), with a key nobody published under our key's name, or not at all. */
  readonly signature?: 'good' | 'foreign-key' | 'tampered' | 'missing';
  readonly keyId?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A local OpenID server with one RS256 key, in place of login.botframework.com. */
export interface OpenIdStandIn {
  readonly issuer: string;
  /** A fresh address for each stand-in: the SDK keeps keys per address for a day. */
  readonly metadataUrl: string;
  token(options: TokenOptions): string;
  /** Answers further requests with this status instead of the keys. */
  failWith(status: number): void;
  close(): Promise<void>;
}

export interface OpenIdOptions {
  /** Channels the key is published for; none = no endorsements on the key. */
  readonly endorsements?: readonly string[];
}

// Making a pair takes long; the address, not the key, is what keeps stand-ins apart.
const OURS = generateKeyPairSync('rsa', { modulusLength: 2048 });
const FOREIGN = generateKeyPairSync('rsa', { modulusLength: 2048 });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HASHES = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512', HS256: 'sha256', none: 'sha256' } as const;

export async function startOpenId(options: OpenIdOptions = {}): Promise<OpenIdStandIn> {
  const { publicKey, privateKey } = OURS;
  const issuer = 'https://api.botframework.com';
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url').slice(0, 16);
  let failure: number | undefined;
  const server = createServer((request, response) => {
    if (failure !== undefined) {
      response.statusCode = failure;
      response.end();
      return;
    }
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const keys = [{ ...jwk, kid, use: 'sig', ...(options.endorsements ? { endorsements: options.endorsements } : {}) }];
    const answer = request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${origin}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    issuer,
    metadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/openidconfiguration`,
    token: (wanted) => tokenFor(wanted, { kid, issuer, privateKey, foreign: FOREIGN.privateKey }),
    failWith: (status) => {
      failure = status;
    },
    close: async () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Keys {
  readonly kid: string;
  readonly issuer: string;
  readonly privateKey: KeyObject;
  readonly foreign: KeyObject;
}

function tokenFor(wanted: TokenOptions, keys: Keys): string {
  const algorithm = wanted.algorithm ?? 'RS256';
  const now = Math.floor(Date.now() / 1000);
  const header = part({ alg: algorithm, typ: 'JWT', kid: wanted.keyId ?? keys.kid });
  const claims = part({
    iss: wanted.issuer ?? keys.issuer,
    aud: wanted.audience,
    nbf: now + (wanted.notBefore ?? -60),
    ...(wanted.hasNoExpiry ? {} : { exp: now + (wanted.expiresIn ?? 3600) }),
    ...(wanted.serviceUrl === undefined ? {} : { serviceurl: wanted.serviceUrl }),
    ...wanted.claims,
  });
  return `${header}.${claims}.${signatureFor(`${header}.${claims}`, wanted, keys)}`;
}

function signatureFor(content: string, wanted: TokenOptions, keys: Keys): string {
  const kind = wanted.signature ?? 'good';
  if (kind === 'missing' || wanted.algorithm === 'none') {
    return '';
  }
  const key = kind === 'foreign-key' ? keys.foreign : keys.privateKey;
  const signature = sign(HASHES[wanted.algorithm ?? 'RS256'], Buffer.from(content), key);
  if (kind === 'tampered') {
    signature[10] = (signature[10] ?? 0) ^ 0xff;
  }
  return signature.toString('base64url');
}
