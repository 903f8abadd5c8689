import type { Dispatcher } from 'undici';

/** A request as undici takes it; `signal` gives up on it. */
export interface Exchange extends Dispatcher.DispatchOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The whole answer to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The answer began and did not come to its end. */
export class AnswerLostError extends Error {
  constructor(
    readonly status: number,
    cause: unknown,
  ) {
    super('The answer broke off', { cause });
    this.name = 'AnswerLostError';
  }
}

/**
 * Sends one request and reads its answer to the end. undici's own `request` makes a stream of each body, which costs a
 * third of a small request; ours are read whole anyway.
 * @throws undici's error; AnswerLostError when the answer broke off; the signal's reason.
 */
export async function exchange(dispatcher: Dispatcher, { signal, ...options }: Exchange): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let headers: Answer['headers'] = {};
    let controller: Dispatcher.DispatchController | undefined;
    const giveUp = (): void => {
      const reason = reasonOf(signal);
      controller?.abort(reason);
      reject(reason);
    };
    const end = (): void => signal?.removeEventListener('abort', giveUp);
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    signal?.addEventListener('abort', giveUp);
    dispatcher.dispatch(options, {
      onRequestStart: (started) => {
        controller = started;
        // It waited for a connection until nobody wanted it any more.
        if (signal?.aborted) {
          started.abort(reasonOf(signal));
        }
      },
      onResponseStart: (_controller, statusCode, answered) => {
        // Below 200 it only says that an answer will come.
        if (statusCode >= 200) {
          status = statusCode;
          headers = answered;
        }
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => {
        end();
        resolve({ status, headers, text: textOf(chunks) });
      },
      onResponseError: (_controller, error) => {
        end();
        reject(status === 0 ? error : new AnswerLostError(status, error));
      },
    });
  });
}

const textOf = ([first, ...others]: readonly Buffer[]): string =>
  first === undefined ? '' : (others.length === 0 ? first : Buffer.concat([first, ...others])).toString();

const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('Nobody waits for the answer any more');
