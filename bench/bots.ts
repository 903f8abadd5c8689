import { join } from 'node:path';
import { startBotAt, type BotProcess } from './drive';
import type { Bench } from './section';

/** The key the bench imports its customers with. */
export const GATEWAY_KEY = 'gateway-key-of-the-bench';

/** The unit of measure: an echo on stock botbuilder and restify. Ready = it answers at all. */
export async function startEcho({ root }: Bench): Promise<BotProcess> {
  return startBotAt([join(root, 'dist', 'bench', 'echo-bot.js')], { path: '/', status: 404 });
}

/**
 * The bot as it is built, on the bench's Azurite. Anonymous as the echo is: an app registration is not to be had here,
 * so neither of the two checks tokens. `flags` go to node.
 */
export async function startFmAssistant(
  { root, connectionString }: Pick<Bench, 'root' | 'connectionString'>,
  flags: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    SAMPLE_DATA: 'off',
    // No sweep falls into a count of storage requests.
    REMINDER_SWEEP_SECONDS: '3600',
    GATEWAY_KEYS: GATEWAY_KEY,
    AZURE_STORAGE_CONNECTION_STRING: connectionString,
    ...more,
  };
  return startBotAt([...flags, join(root, 'dist', 'main.js')], { path: '/readyz', status: 200 }, env);
}

/** Puts customers in as the Gateway would. @throws when one is rejected. */
export async function importCsv(bot: Pick<BotProcess, 'url'>, csv: string): Promise<void> {
  const response = await fetch(`${bot.url}/api/gateway/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': 'text/csv' },
    body: csv,
  });
  if (!response.ok) {
    throw new Error(`The import answered ${response.status}: ${await response.text()}`);
  }
}

/**
 * Requests the bot has sent to Table Storage so far; waits until those nobody waits for have been sent too.
 * @param quietMs for so long none must have been sent.
 */
export async function storageRequests(bot: BotProcess, quietMs = 100): Promise<number> {
  let before = NaN;
  for (;;) {
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    const now = Number(/^fm_storage_requests_total (\d+)/m.exec(text)?.[1]);
    if (Number.isNaN(now)) {
      throw new Error('/metrics does not tell fm_storage_requests_total');
    }
    if (now === before) {
      return now;
    }
    before = now;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }
}
