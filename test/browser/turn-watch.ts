import type { Page } from 'playwright-core';
import { PATIENCE_MS } from '../patience';

/** What the page's log stream says of an activity, and of its answer. */
interface Logged {
  readonly from?: string;
  readonly to?: string;
  readonly activityName?: string;
  readonly request?: { readonly body?: unknown };
  readonly response?: { readonly body?: unknown };
}

/** What the bot did in one turn, as the log stream tells it. */
export interface WatchedTurn {
  /** Bodies of the messages it sent, oldest first. */
  readonly sent: readonly unknown[];
  /** Bodies of its answers to the Playground's activities. */
  readonly answered: readonly unknown[];
}

/** Resolves once the bot has done with activities of `isDone`'s liking: gets their names, since the call. */
export type TurnWatch = (isDone: (names: readonly string[]) => boolean) => Promise<WatchedTurn>;

const BOT = 'User Application';

/** Hears which activities the bot has done with. The log stream has its own order: the page may draw what it says later. */
export function watchTurns(page: Page): TurnWatch {
  const all: Logged[] = [];
  const waiting = new Set<() => void>();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const { log } = JSON.parse(String(payload)) as { readonly log?: Logged };
      if (log?.activityName !== undefined) {
        all.push(log);
        waiting.forEach((look) => look());
      }
    }),
  );
  return async (isDone) => {
    const from = all.length;
    const done = (): Logged[] => all.slice(from).filter(({ to }) => to === BOT);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The bot did not answer')), PATIENCE_MS);
      const look = (): void => {
        if (isDone(done().map(({ activityName = '' }) => activityName))) {
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        }
      };
      waiting.add(look);
    });
    const isMessage = ({ from: sender, activityName }: Logged): boolean => sender === BOT && activityName === 'message';
    return {
      sent: all
        .slice(from)
        .filter(isMessage)
        .map(({ request }) => request?.body),
      answered: done().map(({ response }) => response?.body),
    };
  };
}

/** The words of a message or card that are drawn as they are, in one string without spaces. */
const plainWordsIn = (node: unknown): string[] => {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { type, text } = node as { readonly type?: unknown; readonly text?: unknown };
  return type === 'TextRun' && typeof text === 'string' ? [text] : Object.values(node).flatMap(plainWordsIn);
};

/** Runs in the page. */
const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))';
const isDrawn = ({ words, count }: { readonly words: readonly string[]; readonly count: number }): string => `(() => {
  const bare = (text) => text.replace(/\\s/g, '');
  const page = bare([...document.querySelectorAll('.fai-OutputCard')].map((card) => card.textContent).join(''));
  return document.querySelectorAll('.fai-OutputCard').length >= ${count} &&
    ${JSON.stringify(words)}.every((text) => page.includes(bare(text)));
})()`;

/** Resolves once the page shows all that the turn said, at least `count` messages of the bot among them. */
export async function drawn(page: Page, { sent, answered }: WatchedTurn, count: number): Promise<void> {
  const words = [...sent, ...answered].flatMap(plainWordsIn);
  await page.waitForFunction(isDrawn({ words, count }), undefined, { timeout: PATIENCE_MS });
  await page.evaluate(DRAWN);
}
