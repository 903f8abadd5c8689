/** Reads jest's JSON results: complains about tests that are switched off, prints "N passed, N failed" as its last line. */
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success } = JSON.parse(
  readFileSync(process.argv[2], 'utf8') || '{"success":false,"numPassedTests":0,"numFailedTests":1}',
);
const off = (numPendingTests ?? 0) + (numTodoTests ?? 0);
if (off > 0) {
  console.log(`${off} tests are switched off: none may be.`);
}
const brokenSuites = numFailedTests === 0 ? (numFailedTestSuites ?? 0) : 0;
console.log(`${numPassedTests} passed, ${numFailedTests + brokenSuites} failed`);
process.exitCode = success && off === 0 ? 0 : 1;
