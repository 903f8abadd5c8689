import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBot } from '../browser/processes';
import { removeFolder, temporaryFolder } from '../temporary-folders';

jest.setTimeout(120_000);

/** What no test can find in the program, put into it: something printed, and a rejection that nobody waits for. */
const DEFECT = `process.once('SIGUSR2', () => {
  console.error('Contoso Ltd', { token: 'eyJhbGciOi' });
  setTimeout(() => void Promise.reject(new Error('Contoso Ltd has no such workload')), 50);
});`;

test('a defect that nobody has caught ends the process with a line in the log that quotes nobody', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'defect.js'), DEFECT);
  const bot = await startBot({ env: { NODE_OPTIONS: `--require ${join(folder, 'defect.js')}`, SAMPLE_DATA: 'off' } });
  await bot.stop('SIGUSR2');
  const log = bot.output();
  const lines = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { msg: string; level: number; error?: string; stack?: string[] });
  expect(lines.map(({ msg }) => msg)).toContain('package.printed');
  expect(lines.at(-1)).toMatchObject({ msg: 'bot.crashed', level: 60, error: 'Error' });
  expect(lines.at(-1)?.stack?.[0]).toContain('defect.js');
  expect(log).not.toMatch(/Contoso|eyJ/);
  await removeFolder(bot.dataDir);
  await removeFolder(folder);
});
