import fc from 'fast-check';
import { readCardData } from '../../src/cards/card-data';
import { VERBS } from '../../src/cards/actions';
import { STEPS } from '../../src/domain/checklist/steps';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileWhole } from '../../src/cli/output';
import { useAzurite } from '../azurite';
import { GATEWAY_KEY, startBot, type BotUnderTest } from '../wire/bot-under-test';
import { buttonOf, buttonsOf, wordsOf } from '../wire/card-reading';
import type { Json, Person } from '../wire/teams-stand-in';
import { putCustomer } from '../wire/gateway-customer';
import { comingDay } from '../coming-days';
import { customerAtWork, truthOf, type Truth } from './customer-at-work';
import { removeFolder, temporaryFolder } from '../temporary-folders';

const azurite = useAzurite();
let bot: BotUnderTest;
let truth: Truth;
let alex: Person;
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  bot = await startBot(azurite());
  truth = truthOf(azurite());
  alex = bot.teams.person('Alex');
  expect((await putCustomer(bot.url, 'safe', customerAtWork('Safe Ltd', alex.email))).status).toBe(201);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  await bot.close();
  await truth.close();
});
afterEach(() => {
  expect(unhandled).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

const NASTY = [
  '${secret}',
  '${json(data)}',
  '{{DATE(2020-01-01,SHORT)}}',
  '[click](https://evil.example.com)',
  '<at>everyone</at>',
  "' or PartitionKey ne '",
  "x' or 1 eq 1 or '",
  '=HYPERLINK("http://evil")',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '\u0000',
  '\ud800',
  '\u202etxt.exe',
  '%00%27',
  'a'.repeat(5000),
  '💥'.repeat(100),
];
const nasty = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const KEYS = [
  ...'customerId workload token lang language date precision estimate occasion reason seen accepted acceptedFor'.split(
    ' ',
  ),
  ...'note mail mailLanguage dialog slot topic helpful text page againIn verb __proto__ constructor toString'.split(
    ' ',
  ),
  ...STEPS.map(({ id }) => id),
];
/** Written by hand, so that `__proto__` arrives as the text it is. */
const objectText = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`;
const PLAIN = { customerId: 'safe', workload: 'exchange-online' };

const unchanged = async (): Promise<void> => {
  expect((await truth.file('safe')).customer.name).toBe('Safe Ltd');
};

describe('whatever is pressed', () => {
  test('with any data behind any verb is answered 200 with a card, and never with a failure of ours', async () => {
    const entry = fc.tuple(fc.constantFrom(...KEYS), nasty);
    const press = fc.record({
      verb: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...VERBS) }, { weight: 1, arbitrary: nasty }),
      entries: fc.array(entry, { maxLength: 6 }),
      known: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(press, async ({ verb, entries, known }) => {
        const data = objectText([...entries, ...(known ? Object.entries(PLAIN) : [])]);
        const activity = bot.teams.activity(alex, { type: 'invoke', name: 'adaptiveCard/action', value: 'VALUE' });
        const value = `{"action":{"type":"Action.Execute","verb":${JSON.stringify(verb)},"data":${data}}}`;
        const turn = await bot.teams.postRaw(JSON.stringify(activity).replace('"VALUE"', () => value));
        expect([turn.status, turn.body?.statusCode]).toEqual([200, 200]);
        expect(JSON.stringify(turn.body)).not.toMatch(/\bat \/|node_modules|storage-|Error:/);
      }),
      { numRuns: 250 },
    );
    await unchanged();
  });

  test('a polluting object changes no prototype, and is read as nothing', () => {
    const raw: unknown = JSON.parse(
      '{"__proto__":{"polluted":1,"customerId":"x"},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(readCardData(raw)).toEqual({});
  });
});

describe('whatever Teams may send', () => {
  const MENTION = { type: 'mention', mentioned: { id: '28:bot' }, text: '<at>FM Assistant</at>' };
  /** Turns that ended in a defect of ours, as operators see them. */
  const defects = async (): Promise<string[]> => {
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    return metrics.split('\n').filter((line) => /_count\{.*outcome="unexpected"/.test(line));
  };

  test.each<[string, Json]>([
    ['no recipient', { recipient: undefined }],
    ['a mention of nobody', { entities: [{ type: 'mention' }] }],
    ['a mention of null', { entities: [{ ...MENTION, mentioned: null }] }],
    ['a mention without text', { entities: [{ ...MENTION, text: undefined }] }],
    ['a mention whose text is none', { entities: [{ ...MENTION, text: { a: 1 } }] }],
    ['an entity without type', { entities: [{}] }],
  ])('a message with %s is answered as the words say', async (_what, change) => {
    const turn = await bot.teams.post({ ...bot.teams.activity(alex, { type: 'message', text: 'help' }), ...change });
    expect(turn.texts).toEqual([]);
    expect(wordsOf(turn.cards[0])).toContain('What I can do');
    expect(await defects()).toEqual([]);
  });

  test('a word that the SDK would take for a missing mention stays in the sentence', async () => {
    const entities = [{ ...MENTION, text: undefined }];
    const turn = await bot.teams.sendMessage(alex, 'history undefined', { entities });
    expect(wordsOf(turn.cards[0])).toContain('undefined');
  });

  test('any fields of any event are answered 200, 400 or 403, and are no defect', async () => {
    const types = ['message', 'invoke', 'messageUpdate', 'messageReaction', 'messageDelete', 'installationUpdate'];
    const fields = fc.dictionary(
      fc.constantFrom(
        ...'name text locale localTimezone replyToId action timestamp localTimestamp from recipient value'.split(' '),
        ...'channelData attachments entities membersAdded reactionsAdded conversation __proto__'.split(' '),
      ),
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant([MENTION]), fc.constant([{ type: 'mention' }])),
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types, 'event', 'conversationUpdate'), fields, async (type, changes) => {
        const activity = bot.teams.activity(alex, { type, text: 'help', action: 'add' }) as object;
        const kept = Object.entries(activity).filter(([key]) => !(key in changes));
        const turn = await bot.teams.postRaw(objectText([...kept, ...Object.entries(changes)]));
        expect([200, 400, 403]).toContain(turn.status);
      }),
      { numRuns: 250 },
    );
    expect(await defects()).toEqual([]);
  });
});

test('whatever is said is answered 200, once, and never with a failure of ours', async () => {
  const words = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'move',
          'Safe',
          'Exchange',
          'to',
          '3 March',
          'because',
          'cancel',
          'save',
          'history',
          '„',
          '下周',
          '来週',
        ),
        {
          maxLength: 12,
        },
      )
      .map((list) => list.join(' ')),
  );
  await fc.assert(
    fc.asyncProperty(words, async (text) => {
      const turn = await bot.teams.sendMessage(alex, text);
      expect(turn.status).toBe(200);
      expect(turn.texts.join()).not.toMatch(/Reference: [0-9a-f]{8}|at \/|Error:/);
    }),
    { numRuns: 150 },
  );
  await unchanged();
});

test('whatever is asked over HTTP is answered, and never with a 5xx', async () => {
  const customer = customerAtWork('Any', alex.email) as Record<string, unknown>;
  const body = fc.oneof(
    fc
      .array(fc.tuple(fc.constantFrom(...Object.keys(customer), '__proto__', 'constructor', 'id'), nasty), {
        maxLength: 4,
      })
      .map((changes) => objectText([...Object.entries(customer), ...changes])),
    fc.json(),
    fc.string({ unit: 'binary' }),
  );
  const segment = fc.oneof(fc.constantFrom(...NASTY.slice(0, 15)), fc.string({ maxLength: 30 }));
  await fc.assert(
    fc.asyncProperty(segment, body, fc.constantFrom('customers', 'import'), async (id, text, route) => {
      const put = route === 'customers';
      const path = put ? `customers/${encodeURIComponent(Buffer.from(id).toString())}` : 'import';
      const answer = await fetch(`${bot.url}/api/gateway/${path}`, {
        method: put ? 'PUT' : 'POST',
        headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': put ? 'application/json' : 'text/csv' },
        body: text,
      });
      // 429: whoever knocks so often is told so.
      expect([200, 201, 400, 404, 405, 422, 429]).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/\bat \/|node_modules|Error:/);
    }),
    { numRuns: 150 },
  );
  await unchanged();
});

test('the longest and strangest id, name and address that Gateway may send fit into every key', async () => {
  const longest = `${'é'.repeat(40)}${'x'.repeat(206)}@long.it`;
  const owner = bot.teams.person('Longest', { email: longest });
  const customer = { ...customerAtWork('𠮷'.repeat(100), longest), accountTeam: Array(50).fill(longest) };
  const answer = await putCustomer(bot.url, encodeURIComponent('名'.repeat(64)), customer);
  expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
  expect(wordsOf((await bot.teams.sendMessage(owner, 'my start dates')).cards.at(-1))).toContain('𠮷𠮷');
});

test('a line of CSV of 15 MB, and one without end of quotes, are refused in time', async () => {
  for (const text of [`customerId,${'x'.repeat(15_000_000)}`, `customerId\n"${'y'.repeat(15_000_000)}`]) {
    const started = performance.now();
    const answer = await fetch(`${bot.url}/api/gateway/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': 'text/csv' },
      body: text,
    });
    expect([413, 422, 429]).toContain(answer.status);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
});

test('a compressed body is not unpacked', async () => {
  const answer = await fetch(`${bot.url}/api/gateway/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${GATEWAY_KEY}`, 'content-type': 'text/csv', 'content-encoding': 'gzip' },
    body: new Uint8Array(100),
  });
  expect([415, 429]).toContain(answer.status);
});

test.each([
  "x' or 1 eq 1 or '",
  "' or PartitionKey ne '",
  "nobody' or '1' eq '1",
  '%27 or 1 eq 1',
  'nobody~',
  '\u2019 or 1 eq 1',
])('the text %p finds nothing in any lookup', async (text) => {
  const { customers, index, profiles, botState } = truth.storage;
  expect(await customers.load(text)).toBeUndefined();
  expect(await customers.readLog(text, 9)).toEqual({ notes: [], startDateChanges: [], contacts: [] });
  expect(await customers.actionOutcome('safe', text)).toBeUndefined();
  expect(await index.ofFm(text)).toEqual([]);
  expect(await index.named([{ word: text, after: text }])).toEqual([]);
  expect(await index.namedLike([{ word: text, after: text }])).toEqual([]);
  expect(await profiles.get(text)).toBeUndefined();
  expect(await profiles.byAddress(text)).toBeUndefined();
  expect(await botState.read([text])).toEqual({});
});

test('a file to write is an ordinary file, wherever its name leads', async () => {
  const folder = await temporaryFolder();
  const target = join(folder, 'target');
  writeFileSync(target, 'keep');
  symlinkSync(target, join(folder, 'link'));
  for (const path of [
    '',
    folder,
    `${folder}/`,
    `${target}/x`,
    join(folder, 'link'),
    '/dev/null',
    `${folder}/no/such`,
  ]) {
    await expect(writeFileWhole(path, async (out) => void out.write('new'))).rejects.toThrow();
  }
  expect(readFileSync(target, 'utf8')).toBe('keep');
  expect(readdirSync(folder).sort()).toEqual(['link', 'target']);
  await removeFolder(folder);
});

describe('what others wrote is shown as it was written', () => {
  const EVIL = 'Evil ${customer.fm} [link](https://evil.example.com) <at>all</at>';
  let form: Json;
  let history: Json;

  beforeAll(async () => {
    // Another bot: the rate of the keys is used up by now.
    const other = await startBot(azurite());
    const eve = other.teams.person('Eve');
    expect((await putCustomer(other.url, 'evil', customerAtWork(EVIL, eve.email))).status).toBe(201);
    const target = { customerId: 'evil', workload: 'exchange-online' };
    form = (await other.teams.pressCard(eve, 'startDate.open', target)).body.value;
    const entry = { date: comingDay(6), occasion: 'kickoff', reason: EVIL };
    await other.teams.pressCard(eve, 'startDate.save', { ...buttonOf(form, 'startDate.save').data, ...entry });
    history = (await other.teams.pressCard(eve, 'history.show', target)).body.value;
    await other.close();
  });

  test('not expanded as a template', () => {
    expect(wordsOf(form)).toContain('${customer.fm}');
    expect(wordsOf(history)).toContain('${customer.fm}');
  });

  test('not read as markdown: never in a text that Teams formats', () => {
    const formatted: string[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) {
        return;
      }
      const { type, text, title, value } = node as Record<string, unknown>;
      // Text blocks, and the facts of a fact set: what Teams reads as markdown.
      const isFormatted = type === 'TextBlock' || (type === undefined && title !== undefined);
      if (isFormatted) {
        formatted.push(JSON.stringify([text, title, value]));
      }
      Object.values(node).forEach(visit);
    };
    [form, history].forEach(visit);
    expect(formatted.filter((text) => text.includes('](https://evil'))).toEqual([]);
  });

  test('in no button that opens its link', () => {
    expect(buttonsOf(form).every(({ title }) => !title.includes('evil.example.com'))).toBe(true);
  });
});
