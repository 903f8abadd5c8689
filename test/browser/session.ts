import type { Browser } from 'playwright-core';
import { openChat, type Chat } from './chat';
import { launchChromium } from './chromium';
import { startBot, startPlayground, type Person, type Running, type RunningBot } from './processes';
import { removeFolder } from '../temporary-folders';

/** The bot, a Playground and a browser, started side by side. */
export interface Session {
  readonly bot: RunningBot;
  readonly playground: Running;
  readonly browser: Browser;
  /** A new page, at `width` pixels. */
  readonly open: (options?: { width?: number }) => Promise<Chat>;
  /** Ends all of it and removes the data. */
  readonly end: () => Promise<void>;
}

export interface SessionOptions {
  readonly person?: Person;
  readonly timeZone?: string;
  readonly env?: Record<string, string>;
}

/** Reminders come within nine hours of that time: none interrupts, on a working day, unless a test wants them. */
const hoursFromNow = (hours: number): string =>
  `${String((new Date().getUTCHours() + hours) % 24).padStart(2, '0')}:00`;

/** For `beforeAll`; call `end` in `afterAll`. */
export async function startSession({ person, timeZone, env = {} }: SessionOptions = {}): Promise<Session> {
  const quiet = { REMINDER_LOCAL_TIME: hoursFromNow(4), ...env };
  const [bot, browser] = await Promise.all([startBot({ env: quiet }), launchChromium()]);
  const playground = await startPlayground(bot, {
    ...(person === undefined ? {} : { person }),
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return {
    bot,
    playground,
    browser,
    open: async (options) => openChat(browser, `http://localhost:${playground.port}/`, options),
    end: async () => {
      await browser.close();
      await Promise.all([playground.stop(), bot.stop()]);
      await removeFolder(bot.dataDir);
    },
  };
}
