import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, filesIn, ROOT } from './source-files';

const sources = filesIn('src', '.ts').map(({ path, text }) => ({ path, text, code: codeOf(text) }));
const offenders = (pattern: RegExp, allowed: (path: string) => boolean = () => false): string[] =>
  sources.filter(({ path, code }) => !allowed(path) && pattern.test(code)).map(({ path }) => path);
const isProgram = (path: string): boolean => /^src\/(main|cli\/main)\.ts$/.test(path);
const isPure = (path: string): boolean => /^src\/(domain|language|usecases|reminders|cards|ports)\//.test(path);

/** Whatever git would take into a commit; a copy without git has no such list. */
function projectFiles(): string[] {
  // Whoever checked it out need not be who runs the tests: git would not answer then.
  const args = ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '' && !/\.(png|zip|xlsx)$|^package-lock\.json$/.test(path));
}

describe('house rules', () => {
  it('names files in kebab-case', () => {
    const names = sources.map(({ path }) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name))).toEqual([]);
  });

  it('has no index files that only pass things on', () => {
    expect(sources.filter(({ path }) => path.endsWith('/index.ts')).map(({ path }) => path)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    expect(offenders(/\bprocess\.env\s*(?:\??\.|\[)/, isProgram)).toEqual([]);
    const handedOn = offenders(/\bprocess\.env\b/, isProgram);
    expect(handedOn.filter((path) => path !== 'src/adapters/storage/azurite-process.ts')).toEqual([]);
  });

  it('writes to the console in programs only', () => {
    expect(offenders(/\bconsole\.\w+\(/, isProgram)).toEqual([]);
  });

  it('asks no clock and no dice where decisions are made', () => {
    const pattern = /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\(|\bsetTimeout\(|\bsetInterval\(/;
    expect(offenders(pattern, (path) => !isPure(path))).toEqual([]);
  });

  it('decides nothing by the name of a language', () => {
    expect(
      sources
        .filter(
          ({ path, text }) => !path.startsWith('src/locales/') && /(language|lang|locale)\s*===\s*['"]/.test(text),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('exports by name only', () => {
    expect(offenders(/^export default\b/m)).toEqual([]);
  });

  it('has no test that is switched off', () => {
    const switchedOff = /\b(?:it|test|describe)\.(?:skip|only|todo)\b|\bx(?:it|describe|test)\(/;
    expect(
      filesIn('test', '.ts')
        .filter(({ text }) => switchedOff.test(codeOf(text)))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('keeps secrets and machine paths out of the repository', () => {
    const secret =
      /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----|\beyJ[\w-]{20,}\.[\w-]{20,}\.|\bgh[pousr]_\w{30,}|AccountKey=(?!Eby8vdM02xNO)[\w+/]{40,}|\/(?:root|home\/\w+)\/|\/work\//;
    const texts = projectFiles().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const);
    expect(texts.length).toBeGreaterThan(50);
    expect(
      texts.filter(([path, text]) => !path.startsWith('test/architecture/') && secret.test(text)).map(([path]) => path),
    ).toEqual([]);
  });
});
