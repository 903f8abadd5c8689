import { filesIn, importsOf } from './source-files';

/** The rooms of the house. What lies in `src` itself, beside `config.ts`, puts it together: main, compose and their helpers. */
const ROOMS = [
  'src/adapters/teams',
  'src/adapters/storage',
  'src/adapters/exchange',
  'src/adapters/bounded-map',
  'src/domain',
  'src/language',
  'src/locales',
  'src/ports',
  'src/usecases',
  'src/cards',
  'src/dialogs',
  'src/reminders',
  'src/http',
  'src/cli',
  'src/sample',
  'src/config',
  'src/composition',
] as const;
type Room = (typeof ROOMS)[number];

/** Which rooms a room may import from, beside itself. */
const MAY_IMPORT: Readonly<Record<Room, readonly Room[]>> = {
  'src/domain': [],
  'src/locales': ['src/domain'],
  'src/language': ['src/domain', 'src/locales'],
  'src/ports': ['src/domain'],
  'src/usecases': ['src/domain', 'src/ports'],
  'src/cards': ['src/domain', 'src/locales'],
  'src/dialogs': ['src/domain', 'src/ports', 'src/usecases', 'src/cards', 'src/language', 'src/locales'],
  'src/reminders': ['src/domain', 'src/ports', 'src/usecases'],
  'src/adapters/teams': [
    'src/domain',
    'src/ports',
    'src/usecases',
    'src/cards',
    'src/dialogs',
    'src/language',
    'src/locales',
    'src/adapters/exchange',
    'src/adapters/bounded-map',
  ],
  'src/adapters/storage': ['src/domain', 'src/ports', 'src/adapters/exchange', 'src/adapters/bounded-map'],
  // The one way in which small requests are sent, to Teams and to storage.
  'src/adapters/exchange': [],
  // What both keep in memory.
  'src/adapters/bounded-map': [],
  'src/http': ['src/domain', 'src/ports', 'src/usecases'],
  'src/cli': [
    'src/domain',
    'src/ports',
    'src/usecases',
    'src/language',
    'src/locales',
    'src/reminders',
    'src/sample',
    'src/config',
    'src/composition',
  ],
  'src/sample': ['src/domain', 'src/ports', 'src/usecases'],
  'src/config': ['src/domain'],
  'src/composition': ROOMS,
};

/** Packages that a room may use; a room that is not named may use any. */
const PACKAGES: Partial<Readonly<Record<Room, readonly string[]>>> = {
  'src/domain': ['temporal-polyfill'],
  'src/language': ['temporal-polyfill'],
  'src/ports': ['temporal-polyfill'],
  'src/locales': ['temporal-polyfill', 'intl-messageformat'],
  'src/usecases': ['temporal-polyfill', 'csv-parse', 'zod', 'node:crypto', 'node:stream'],
  'src/reminders': ['temporal-polyfill', 'node:crypto'],
};

/** Packages with one place of their own. */
const ONLY_IN: readonly (readonly [pattern: RegExp, place: string])[] = [
  [/^adaptivecards-templating$/, 'src/cards/render.ts'],
  [/^adaptive-expressions$/, 'src/cards/render.ts'],
  [/^@azure\/(data-tables|storage-queue)/, 'src/adapters/storage/'],
  [/^restify$/, 'src/http/'],
  [/^@opentelemetry\/|^@azure\/monitor-opentelemetry/, 'src/tracing-sdk.ts'],
  [/^botbuilder-dialogs$/, 'src/dialogs/'],
];

const room = (path: string): Room | undefined =>
  ROOMS.find((name) => path === name || path.startsWith(`${name}/`) || path === `${name}.ts`) ??
  (/^src\/[\w-]+(\.ts)?$/.test(path) ? 'src/composition' : undefined);
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const imports = filesIn('src', '.ts').flatMap(importsOf);

describe('import directions', () => {
  it('finds the sources and their imports', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it('puts every source into a room', () => {
    expect(
      filesIn('src', '.ts')
        .filter(({ path }) => room(path) === undefined)
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('imports only along the arrows', () => {
    const wrong = imports.filter(({ from, target }) => {
      const [here, there] = [room(from), target === undefined ? undefined : room(target)];
      return here !== undefined && there !== undefined && here !== there && !MAY_IMPORT[here].includes(there);
    });
    expect(wrong.map(({ from, specifier }) => `${from} must not import ${specifier}`)).toEqual([]);
  });

  it('keeps packages out of the inner rooms', () => {
    const wrong = imports.filter(({ from, specifier, target }) => {
      const here = room(from);
      const allowed = here === undefined ? undefined : PACKAGES[here];
      return target === undefined && allowed !== undefined && !allowed.includes(packageOf(specifier));
    });
    expect(wrong.map(({ from, specifier }) => `${from} must not use ${specifier}`)).toEqual([]);
  });

  it.each(ONLY_IN)('uses %s only in %s', (pattern, place) => {
    const users = imports.filter(({ specifier, typeOnly }) => pattern.test(specifier) && !typeOnly);
    expect(users.filter(({ from }) => !from.startsWith(place)).map(({ from }) => from)).toEqual([]);
  });
});
