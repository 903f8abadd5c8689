import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import ts from 'typescript';
import { Temporal } from 'temporal-polyfill';
import { understand } from '../../src/language/understand';
import { LANGUAGES } from '../../src/domain/vocabulary';

const ROOT = join(__dirname, '..', '..');
/** The longest text a user's sentence has. */
const LENGTH = 4000;
const userMs = (): number => process.cpuUsage().user / 1000;
/** What a plain search takes here, the middle of five: `a+b` in as long a text, ten times; 70 ms on our machine. */
const PLAIN_MS = ((): number => {
  const text = 'a'.repeat(LENGTH);
  const times = Array.from({ length: 5 }, () => {
    const started = userMs();
    for (let count = 0; count < 10; count += 1) {
      /a+b/.test(text);
    }
    return userMs() - started;
  });
  return times.toSorted((one, other) => one - other)[2] ?? NaN;
})();
/** A pattern that blows up takes a thousand times the usual: the slowest takes some ten times this, one sentence less. */
const LIMIT_MS = 40 * PLAIN_MS;

interface Found {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression written in `src`, by the compiler's own eyes. */
function expressionsOf(path: string): Found[] {
  const file = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ place: `${path}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const ALL = readdirSync(join(ROOT, 'src'), { recursive: true })
  .map((path) => `src/${String(path).replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts'))
  .flatMap(expressionsOf);

/** Long texts made of what the pattern itself talks about, which end so that it fails after all. */
function adversaries({ source }: Found): string[] {
  const own = [...new Set(source.replace(/\\[dwsbDWSB]|[\\^$.*+?()[\]{}|]/g, ''))].slice(0, 12);
  const units = [...new Set([...own, 'a', '1', ' ', '\t', '\n', '-', '.', 'é', '的', '"'])];
  const pairs = own.slice(0, 6).flatMap((one) => ['a', '1', ' ', own[0] ?? 'a'].map((two) => one + two));
  const filled = [...units, ...pairs].map((unit) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH));
  return filled.flatMap((text) => [text, `${text}\u0000`, `a${text}!`]);
}

const run = new Script('for (const text of texts) { expression.lastIndex = 0; text.replace(expression, ""); }');

test('there are expressions to look at', () => {
  expect(ALL.length).toBeGreaterThan(50);
});

test('no regular expression of the sources blows up on long text', () => {
  const slow: string[] = [];
  let slowest = { place: '', ms: 0 };
  for (const found of ALL) {
    const context = createContext({ expression: new RegExp(found.source, found.flags), texts: adversaries(found) });
    const started = userMs();
    try {
      run.runInContext(context, { timeout: Math.ceil(10 * LIMIT_MS) });
    } catch {
      slow.push(`${found.place} never ends`);
      continue;
    }
    const ms = userMs() - started;
    slowest = ms > slowest.ms ? { place: found.place, ms } : slowest;
    if (ms > LIMIT_MS) {
      slow.push(`${found.place} takes ${Math.round(ms)} ms`);
    }
  }
  console.info(
    `${ALL.length} expressions; the slowest: ${slowest.place}, ${Math.round(slowest.ms)} ms for its texts, limit ${Math.round(LIMIT_MS)}`,
  );
  expect(slow).toEqual([]);
});

test.each(LANGUAGES)(
  'no sentence of 4,000 characters takes the %s understanding longer than a turn has',
  (language) => {
    const units = [
      'a',
      ' ',
      '1',
      '1.',
      '-',
      'next ',
      'in 2 ',
      'week ',
      '来週',
      '的',
      'because ',
      'Contoso ',
      'é',
      ',',
      '/',
      '12/10/',
      '\n',
    ];
    const candidates = Array.from({ length: 50 }, (_, index) => ({
      customerId: `c-${index}`,
      name: `Contoso ${index} Ltd`,
    }));
    const today = Temporal.PlainDate.from('2027-01-04');
    for (const unit of units) {
      const sentence = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
      const started = userMs();
      understand(sentence, { today, candidates, language });
      expect([unit, userMs() - started < LIMIT_MS]).toEqual([unit, true]);
    }
  },
);
