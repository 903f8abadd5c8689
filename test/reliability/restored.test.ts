import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../src/stores';
import { useAzurite } from '../azurite';
import { gatewayCsv } from '../builders/gateway-csv';
import { startBot } from '../wire/bot-under-test';
import { wordsOf } from '../wire/card-reading';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const PROGRAM = join(__dirname, '..', '..', 'scripts', 'cli.mjs');
const lost = useAzurite();
const fresh = useAzurite();
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => removeFolder(folder));

async function cli(connectionString: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], AZURE_STORAGE_CONNECTION_STRING: connectionString, LOG_LEVEL: 'warn' };
  return (await promisify(execFile)(process.execPath, [PROGRAM, ...args], { cwd: folder, env })).stdout;
}

describe('storage that is lost and restored', () => {
  test('the bot answers with what it knew, and the reminder that was due is sent', async () => {
    const weekAgo = systemClock.now().subtract({ hours: 168 }).toString().slice(0, 10);
    const before = await startBot(lost());
    const alex = before.teams.person('Alex Wilber');
    await before.teams.sendMessage(alex, 'help');
    // Without a bot nobody sends the reminder before it is in the backup.
    await before.app.stop();
    const row = { customerId: 'adatum', customerName: 'Adatum', fm: alex.email, engagementStartDate: weekAgo };
    await writeFile(join(folder, 'gateway.csv'), gatewayCsv([row]));
    await cli(lost(), 'import', 'gateway.csv');
    await cli(lost(), 'backup', '--out', 'all.jsonl');

    expect(JSON.parse(await cli(fresh(), 'restore', 'all.jsonl'))).toMatchObject({
      rows: { customers: 3 },
      indexed: 1,
    });
    const from = before.teams.connector.calls.length;
    const after = await startBot(fresh(), { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '1' });
    try {
      const { body } = await before.teams.connector.next(({ kind, status }) => kind === 'send' && status === 201, from);
      expect(wordsOf(body.attachments[0].content)).toContain('Adatum');
      const turn = await after.teams.sendMessage(alex, 'my start dates');
      expect(wordsOf(turn.cards[0])).toContain('Adatum');
    } finally {
      await after.close();
      await before.teams.close();
    }
  });
});
