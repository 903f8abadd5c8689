import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeFolder, temporaryFolder } from '../browser/processes';

const ROOT = join(__dirname, '..', '..');

interface Part {
  readonly bounds?: readonly { readonly what: string; readonly atMost: number; readonly seen: number }[];
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}
type Report = Readonly<Record<'turns' | 'growth' | 'start' | 'language' | 'faq' | 'cards', Part>>;

let report: Report;

beforeAll(async () => {
  const folder = temporaryFolder();
  try {
    const file = join(folder, 'bench.json');
    const args = [join(ROOT, 'scripts', 'run.mjs'), 'bench/bench.ts', '--quick', '--json', file];
    await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  } finally {
    removeFolder(folder);
  }
}, 300_000);

/** Counts do not depend on the machine; times do, and are judged by whoever reads the table. */
test.each([
  ['question', 2],
  ['help', 2],
  ['my start dates', 2],
  ['commit', 5],
])('a turn "%s" sends at most %d requests to storage', (turn, most) => {
  const requests = report.turns.rows.filter((row) => row.turn === turn).map((row) => row['storage requests/turn']);
  expect(requests).toHaveLength(2);
  expect(Math.max(...requests.map(Number))).toBeLessThanOrEqual(most);
  expect(Math.min(...requests.map(Number))).toBeGreaterThan(0);
});

test('no use costs more requests or rows because others have ten times as much', () => {
  const bounds = report.growth.bounds ?? [];
  expect(bounds.length).toBeGreaterThan(8);
  expect(bounds.filter(({ atMost, seen }) => seen > atMost)).toEqual([]);
});

test('every part tells its figures', () => {
  for (const part of [report.turns, report.growth, report.start, report.language, report.faq, report.cards]) {
    expect(part.rows.length).toBeGreaterThan(1);
    expect(part.rows.flatMap((row) => Object.values(row)).filter((cell) => Number.isNaN(cell))).toEqual([]);
  }
});
