import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import { evalDateLine, type DateEvalLine, type DateEvalResult } from '../../../src/language/dates/eval-dates';

interface ExpectedLine extends DateEvalLine {
  readonly expect: string | null;
  readonly precision: DateEvalResult['precision'];
}

const FLOOR = 0.98;
const lines = readFileSync(join(__dirname, '../../eval/dates.dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as ExpectedLine);

describe('the public date set', () => {
  test.each(LANGUAGES)('%s is read right in at least 98 % of the lines', (language) => {
    const own = lines.filter((line) => line.lang === language);
    const wrong = own.filter((line) => {
      const { date, precision } = evalDateLine(line);
      return date !== line.expect || precision !== line.precision;
    });
    expect(own.length).toBeGreaterThanOrEqual(24);
    expect({ rate: 1 - wrong.length / own.length >= FLOOR, wrong: wrong.map((line) => line.text) }).toEqual({
      rate: true,
      wrong: wrong.map((line) => line.text),
    });
  });

  test('no line is silently read as another date', () => {
    const silent = lines.filter((line) => {
      const { date } = evalDateLine(line);
      return date !== null && date !== line.expect;
    });
    expect(silent).toEqual([]);
  });
});
