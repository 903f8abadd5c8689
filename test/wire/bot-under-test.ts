import { pino } from 'pino';
import type { App, Conditions } from '../../src/compose';
import { startApp } from '../../src/compose';
import { readConfig } from '../../src/config';
import { sampleGatewayCsv } from '../../src/sample/sample-gateway-csv';
import { Temporal } from 'temporal-polyfill';
import { TeamsStandIn } from './teams-stand-in';

export const GATEWAY_KEY = 'gateway-key-for-the-tests';
export const LEAD = 'lead@contoso.com';

/** The whole bot in this process, on real Table Storage, with Teams played over HTTP. */
export interface BotUnderTest {
  readonly app: App;
  readonly url: string;
  readonly teams: TeamsStandIn;
  /** Puts the sample customers in, the FM of most of them being this address. */
  importSample(fm: string, today?: string): Promise<void>;
  close(): Promise<void>;
}

/** What the bot does is tested, not how fast this machine is. A test about what is slow gives the bot's own: `{}`. */
const PATIENT: Conditions = { turnMs: 60_000, storageMs: 30_000 };

export async function startBot(
  connectionString: string,
  environment: Record<string, string> = {},
  conditions?: Conditions,
): Promise<BotUnderTest> {
  const teams = await TeamsStandIn.start();
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    SAMPLE_DATA: 'off',
    LEADS: LEAD,
    GATEWAY_KEYS: GATEWAY_KEY,
    AZURE_STORAGE_CONNECTION_STRING: connectionString,
    ...environment,
  });
  const app = await startApp(config, pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }), undefined, {
    ...(conditions ?? PATIENT),
    // On a working day, between nine and six, a digest would come in between: only where a test is about them.
    reminders: Object.keys(environment).some((name) => name.startsWith('REMINDER_')),
  });
  const url = `http://127.0.0.1:${app.port}`;
  teams.playAgainst(url);
  return {
    app,
    url,
    teams,
    importSample: async (fm, today) => {
      const date = today === undefined ? Temporal.Now.plainDateISO() : Temporal.PlainDate.from(today);
      const response = await fetch(`${url}/api/gateway/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': 'text/csv' },
        body: sampleGatewayCsv(date, fm),
      });
      if (!response.ok) {
        throw new Error(`import answered ${response.status}: ${await response.text()}`);
      }
    },
    close: async () => {
      await app.stop();
      await teams.close();
    },
  };
}
