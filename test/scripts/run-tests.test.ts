import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const RUN_TESTS = pathToFileURL(join(__dirname, '..', '..', 'scripts', 'lib', 'run-tests.mjs')).href;
const PASSES = `test('passes', () => {});`;
const FAILS = `test('fails', () => { throw new Error('no'); });`;
const FAILS_ONCE = `
const { existsSync, writeFileSync } = require('node:fs');
test('fails once', () => {
  const before = existsSync(__filename + '.seen');
  writeFileSync(__filename + '.seen', '');
  expect(before).toBe(true);
});`;

let root: string;
beforeEach(async () => {
  root = realpathSync(await temporaryFolder());
});
afterEach(async () => removeFolder(root));

interface Outcome {
  readonly code: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly runAgain?: readonly string[];
}

/** @param files by their path below the project's root */
function outcomeOf(files: Readonly<Record<string, string>>): Outcome {
  const all: Readonly<Record<string, string>> = { 'package.json': '{}', ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const script = `import(${JSON.stringify(RUN_TESTS)})
    .then(async ({ runTests }) => runTests([], ${JSON.stringify(root)}))
    .then((code) => console.log('code ' + code));`;
  const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', stdio: 'pipe' });
  const results = JSON.parse(readFileSync(join(root, 'test-output', 'results.json'), 'utf8')) as Outcome;
  return { ...results, code: Number(/code (\d+)/.exec(output)?.[1]) };
}

test('a test of processes that fails beside others and passes alone has passed, and is named', () => {
  const outcome = outcomeOf({ 'test/wire/a.test.js': FAILS_ONCE, 'test/domain/b.test.js': PASSES });
  expect(outcome).toMatchObject({ code: 0, numPassedTests: 2, numFailedTests: 0, runAgain: ['test/wire/a.test.js'] });
});

test('what fails alone, too, has failed', () => {
  const outcome = outcomeOf({ 'test/wire/a.test.js': FAILS, 'test/domain/b.test.js': PASSES });
  expect(outcome).toMatchObject({ code: 1, numPassedTests: 1, numFailedTests: 1 });
});

test.each([
  ['a test of rules', { 'test/domain/a.test.js': FAILS_ONCE }],
  ['a randomized test', { 'test/reliability/model.test.js': FAILS_ONCE }],
  ['a third', { ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`test/wire/${name}.test.js`, FAILS_ONCE])) }],
])('%s gets no second run', (_what, files: Readonly<Record<string, string>>) => {
  expect(outcomeOf(files).code).toBe(1);
});
