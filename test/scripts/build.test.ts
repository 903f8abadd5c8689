import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../browser/processes';

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

  it('makes a dist that production runs without any packages', () => {
    build();
    const folder = temporaryFolder();
    cpSync(join(ROOT, 'dist'), folder, { recursive: true });
    const env = { PATH: process.env.PATH, NODE_ENV: 'production' };
    const { status, stderr } = spawnSync(process.execPath, ['main.js'], { cwd: folder, env, encoding: 'utf8' });
    removeFolder(folder);
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
});
