import type { IncomingMessage } from 'node:http';

/** Why a body could not be had: larger than allowed, not what it says it is, or cut off by the sender. */
export class BodyError extends Error {
  constructor(
    readonly code: 'BODY_TOO_LARGE' | 'BODY_MALFORMED' | 'BODY_ABORTED',
    readonly status: 413 | 400,
  ) {
    super(code);
    this.name = 'BodyError';
  }
}

const tooLarge = (): BodyError => new BodyError('BODY_TOO_LARGE', 413);

/** Beyond this the rest of a body that is too large is not even waited for. */
const MAX_DISCARDED = 32 * 1024 * 1024;

/**
 * The bytes of a request, counted while they come, whatever Content-Length says.
 * What is beyond `limit` is thrown away, not kept: a sender cut off in the middle would not read the answer.
 * @throws BodyError
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DISCARDED) {
    throw tooLarge();
  }
  return new Promise<Buffer>((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      if (size > MAX_DISCARDED) {
        request.pause();
        reject(tooLarge());
      }
    });
    request.once('end', () => {
      if (size > limit) {
        reject(tooLarge());
      } else {
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      }
    });
    const aborted = (): void => {
      // Every request ends in a close; making an error of it would cost each turn a stack trace.
      if (!request.readableEnded) {
        reject(new BodyError('BODY_ABORTED', 400));
      }
    };
    request.once('error', aborted);
    request.once('close', aborted);
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON value in a request's body. @throws BodyError when it is too large, or not JSON in UTF-8 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const body = await readBody(request, limit);
  try {
    return JSON.parse(utf8.decode(body)) as unknown;
  } catch {
    throw new BodyError('BODY_MALFORMED', 400);
  }
}
