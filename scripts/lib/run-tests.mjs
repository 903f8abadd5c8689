import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { at, ROOT } from './project.mjs';

/** Where a run of the tests leaves what it came to, for whoever started it. */
export const resultsIn = (root) => join(root, 'test-output', 'results.json');

/**
 * Tests that start processes and wait for them may fail because the machine was busy with the others. Not the randomized
 * ones: what they found with one seed, another seed may well miss.
 */
const MINDS_COMPANY = /^test\/(adapters|bench|browser|cli|http|reliability|reminders|scripts|soak|usecases|wire)\//;
const RANDOMIZED = /\/(hostile|model|expressions|hostile-activities)\.test\.[jt]s$/;
/** More than these are no accident. */
const MOST_FILES = 2;

/**
 * Runs jest. Up to two files that failed beside others are given a second run, alone, and named: what fails there as well
 * has failed. Leaves jest's results, with the files that needed it as `runAgain`, in `resultsIn(root)`.
 * @param args for jest
 * @param root of the project whose tests these are
 * @returns the exit code
 */
export async function runTests(args, root = ROOT) {
  const results = resultsIn(root);
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const code = await jest(root, [...args, '--json', `--outputFile=${results}`]);
  const failed = code === 0 ? [] : failedFiles(root);
  if (failed.length === 0 || failed.length > MOST_FILES || !failed.every(mindsCompany)) {
    return code;
  }
  console.error(`\nOnce more, alone: ${failed.join(', ')}\n`);
  const codeAlone = await jest(root, ['--runInBand', '--runTestsByPath', ...failed]);
  if (codeAlone === 0) {
    const { numPassedTests, numFailedTests, ...rest } = read(results);
    const all = { ...rest, numPassedTests: numPassedTests + numFailedTests, numFailedTests: 0, numFailedTestSuites: 0 };
    writeFileSync(results, JSON.stringify({ ...all, success: true, runAgain: failed }));
    console.error(`\nFailed beside other tests and passed alone, which wants mending: ${failed.join(', ')}`);
  }
  return codeAlone;
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

const mindsCompany = (file) => MINDS_COMPANY.test(file) && !RANDOMIZED.test(file);

/** None when jest has not come so far as to tell. */
function failedFiles(root) {
  try {
    const files = read(resultsIn(root)).testResults.filter(({ status }) => status === 'failed');
    return files.map(({ name }) => relative(root, name).replaceAll('\\', '/'));
  } catch {
    return [];
  }
}

async function jest(root, args) {
  const child = spawn(process.execPath, [at('node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
