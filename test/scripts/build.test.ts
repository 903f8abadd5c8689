import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const ROOT = join(__dirname, '..', '..');
const build = (): string => execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { encoding: 'utf8' });

describe('npm run build', () => {
  it('does nothing when nothing has changed', () => {
    build();
    const bundle = join(ROOT, 'dist', 'main.bundle.js');
    const before = statSync(bundle).mtimeMs;
    expect(build()).toBe('');
    expect(statSync(bundle).mtimeMs).toBe(before);
  });

  it('makes a dist that production runs without any packages', async () => {
    build();
    const folder = await temporaryFolder();
    cpSync(join(ROOT, 'dist'), folder, { recursive: true });
    const env = { PATH: process.env.PATH, NODE_ENV: 'production' };
    const { status, stderr } = spawnSync(process.execPath, ['main.js'], { cwd: folder, env, encoding: 'utf8' });
    await removeFolder(folder);
    expect(stderr).toMatch(/^MicrosoftAppId is missing.*\nAZURE_STORAGE_ACCOUNT is missing.*\n$/);
    expect(status).toBe(1);
  });

  // The loader reads a bundle byte by byte: a Chinese comma in a regular expression would be three other signs.
  it.each(['main', 'cli'])('makes a %s bundle of ASCII bytes only', (name) => {
    build();
    const bytes = readFileSync(join(ROOT, 'dist', `${name}.bundle.js`));
    expect(bytes.findIndex((byte) => byte > 0x7f)).toBe(-1);
    expect(bytes.length).toBeGreaterThan(1_000_000);
  });

  // In a process of its own: jest runs V8 under flags of its own. The loader would go on without a word, twice as slowly.
  it.each(['main', 'cli'])('makes a code cache of the %s bundle that V8 takes', (name) => {
    build();
    const file = join(ROOT, 'dist', `${name}.bundle.js`);
    const look = `
      const { readFileSync } = require('node:fs');
      const filename = ${JSON.stringify(file)};
      const head = '(function (exports, require, module, __filename, __dirname) {';
      const code = head + readFileSync(filename, 'latin1') + '\\n})';
      const cachedData = readFileSync(filename + '.cache');
      console.log(new (require('node:vm').Script)(code, { filename, cachedData }).cachedDataRejected);`;
    expect(execFileSync(process.execPath, ['-e', look], { encoding: 'utf8' }).trim()).toBe('false');
  });
});
