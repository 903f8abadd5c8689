/** Reads what `npm test` left: complains about tests that are switched off, prints "N passed, N failed" as its last line. */
import { existsSync, readFileSync } from 'node:fs';
import { ROOT } from './lib/project.mjs';
import { resultsIn } from './lib/run-tests.mjs';

const file = resultsIn(ROOT);
const NONE = { success: false, numPassedTests: 0, numFailedTests: 1 };
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success, runAgain } =
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NONE;
const off = (numPendingTests ?? 0) + (numTodoTests ?? 0);
if (off > 0) {
  console.log(`${off} tests are switched off: none may be.`);
}
if (runAgain) {
  console.log(`Passed only alone: ${runAgain.join(', ')}`);
}
const brokenSuites = numFailedTests === 0 ? (numFailedTestSuites ?? 0) : 0;
console.log(`${numPassedTests} passed, ${numFailedTests + brokenSuites} failed`);
process.exitCode = success && off === 0 ? 0 : 1;
