import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import * as fc from 'fast-check';
import { compileTemplate } from '../../src/cards/expand';

type Json = Readonly<Record<string, unknown>>;
const FOLDER = join(__dirname, '..', '..', 'src', 'cards', 'templates');
const templates = readdirSync(FOLDER).map(
  (name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object] as const,
);

/** What a template asks of its data at one place: values, and lists of entries that are asked in their turn. */
interface Asked {
  readonly values: Set<string>;
  readonly lists: Map<string, Asked>;
}
const nothing = (): Asked => ({ values: new Set(), lists: new Map() });

function collect(node: unknown, asked: Asked): Asked {
  if (typeof node === 'string') {
    for (const [, expression = ''] of node.matchAll(/\$\{([^}]*)\}/g)) {
      const paths = expression.replace(/'[^']*'|\bcount\b/g, '').match(/[a-zA-Z][\w.]*/g);
      paths?.forEach((path) => asked.values.add(path));
    }
  } else if (Array.isArray(node)) {
    node.forEach((each) => collect(each, asked));
  } else if (typeof node === 'object' && node !== null) {
    const { $data, ...rest } = node as Json;
    const path = typeof $data === 'string' ? $data.slice(2, -1) : undefined;
    const inner = path === undefined ? asked : (asked.lists.get(path) ?? nothing());
    if (path !== undefined) {
      asked.lists.set(path, inner);
    }
    Object.values(rest).forEach((each) => collect(each, inner));
  }
  return asked;
}

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom('', 'text', 'toggle', 'choice', 'workloads', 'default', '${secret}', '\\${x} `"', 'コントソ'),
  fc.string(),
  fc.boolean(),
  fc.integer(),
  fc.constantFrom({ deep: ['${x}'] }, [], ['one'], [{ a: 1 }, { a: 2 }]),
);

/** Data with every path the template asks for, or without some of them. */
function dataFor({ values, lists }: Asked): fc.Arbitrary<Json> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  const put = (path: string, arbitrary: fc.Arbitrary<unknown>): void => {
    const [first = '', second] = path.split('.');
    fields[first] = second === undefined ? arbitrary : nested(fields[first], second, arbitrary);
  };
  values.forEach((path) => put(path, value));
  lists.forEach((entry, path) => put(path, fc.array(dataFor(entry), { maxLength: 3 })));
  return fc.record(fields, { requiredKeys: [] });
}

const nested = (
  before: fc.Arbitrary<unknown> | undefined,
  name: string,
  arbitrary: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> =>
  fc
    .tuple(before ?? fc.constant({}), arbitrary)
    .map(([other, own]) => ({ ...(typeof other === 'object' ? other : {}), [name]: own }));

test.each(templates)('%s is expanded as Microsoft’s library does it', (_name, template) => {
  const library = new Template(template);
  const expand = compileTemplate(template);
  fc.assert(
    fc.property(dataFor(collect(template, nothing())), (data) => {
      expect(expand(data)).toEqual(library.expand({ $root: data }));
    }),
    { numRuns: 150 },
  );
});

test.each(['${name', '${add(1, 2)}', '${$root.name}', '\\${name}', '${items[0]}', '${a == b}'])(
  'a template with %s is refused: it would be understood differently',
  (text) => {
    expect(() => compileTemplate({ text })).toThrow(SyntaxError);
  },
);

test.each(['true', '${a || b}', "${a == 'x' || b}", '${count(a) > 1}', '${!a}', true])(
  'so is one with the condition %s',
  (when) => {
    expect(() => compileTemplate({ $when: when })).toThrow(SyntaxError);
  },
);

test('what data inherits is no data', () => {
  expect(compileTemplate({ text: '${constructor}', more: '${toString}' })({})).toEqual({
    text: '${constructor}',
    more: '${toString}',
  });
});
