import type { Activity } from 'botbuilder-core';
import fc from 'fast-check';
import { startEdge, type EdgeUnderTest } from './edge-under-test';
import { TeamsStandIn, type Person } from './teams-stand-in';

let edge: EdgeUnderTest;
let teams: TeamsStandIn;
let alice: Person;

beforeAll(async () => {
  // Looks at everything a bot looks at, so that a wrong shape would throw.
  edge = await startEdge(async (context, state) => {
    const activity: Partial<Activity> = context.activity;
    const counter = (await state.get<{ count: number }>()) ?? { count: 0 };
    state.set({ count: counter.count + 1 });
    const words = [activity.text, activity.locale, activity.from?.name, activity.recipient?.id, activity.name];
    const lengths = words.map((word) => (word ?? '').toLowerCase().length);
    const files = (activity.attachments ?? []).map((attachment) => attachment.contentType);
    if (activity.type === 'message') {
      await context.sendActivity(`${lengths.join()} ${files.length} ${(activity.entities ?? []).length}`);
    }
  });
  teams = await TeamsStandIn.start({ botUrl: edge.url });
  alice = teams.person('Alice');
});

afterAll(async () => {
  await edge.close();
  await teams.close();
});

const FIELDS = [
  'type id name text locale localTimezone replyToId action timestamp localTimestamp expiration from recipient',
  'channelData relatesTo attachments entities membersAdded conversation channelId serviceUrl value deliveryMode',
  '__proto__ constructor toString',
].flatMap((line) => line.split(' '));

it('answers whatever activity comes with 200, 400 or 403, and no defect', async () => {
  const change = fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(change, async (fields) => {
      const activity = teams.activity(alice, { type: 'message', text: 'x' }) as object;
      const entries = [...Object.entries(activity).filter(([key]) => !(key in fields)), ...Object.entries(fields)];
      // Written by hand, so that `__proto__` arrives as the text it is.
      const body = `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`;
      const turn = await teams.postRaw(body);
      expect([200, 400, 403]).toContain(turn.status);
    }),
    { numRuns: 300 },
  );
  expect(edge.reports.filter(({ outcome }) => outcome === 'unexpected')).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('answers whatever body comes with 400', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), async (body) => {
      const turn = await teams.postRaw(typeof body === 'string' ? body : new Uint8Array(body));
      expect(turn.status).toBe(400);
    }),
    { numRuns: 100 },
  );
});
