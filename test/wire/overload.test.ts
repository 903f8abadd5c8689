import type { TurnLogic } from '../../src/adapters/teams/turn-runner';
import { startEdge, type EdgeUnderTest } from './edge-under-test';
import { eventually } from './eventually';
import { TeamsStandIn, type Person } from './teams-stand-in';

const mostTurns = 3;

describe('more turns than fit', () => {
  let teams: TeamsStandIn;
  let edge: EdgeUnderTest;
  let alice: Person;
  let started: number;
  let release: () => void;

  beforeEach(async () => {
    started = 0;
    const held = new Promise<void>((resolve) => (release = resolve));
    const logic: TurnLogic = async (context) => {
      started += 1;
      await held;
      await context.sendActivity('done');
    };
    edge = await startEdge(logic, { deps: { mostTurns, deadlineMs: 60_000 } });
    teams = await TeamsStandIn.start({ botUrl: edge.url });
    alice = teams.person('Alice Meyer');
  });

  afterEach(async () => {
    release();
    await edge.close();
    await teams.close();
  });

  async function fill() {
    const turns = Array.from({ length: mostTurns }, async () => teams.sendMessage(alice, 'work'));
    await eventually(
      async () => Promise.resolve(started),
      (count) => count === mostTurns,
    );
    return { turns };
  }

  it('tells a message politely, at once, and does nothing with it', async () => {
    const { turns } = await fill();
    const late = await teams.sendMessage(alice, 'more work');
    expect([late.status, late.texts]).toEqual([200, ['Sorry: busy']]);
    expect(started).toBe(mostTurns);
    expect(edge.reports.map(({ outcome }) => outcome)).toEqual(['busy']);
    release();
    expect((await Promise.all(turns)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('answers a card press with the error inside, so that the card stays', async () => {
    await fill();
    const late = await teams.pressCard(alice, 'startDate.save');
    expect([late.status, late.body.statusCode, late.body.value.code]).toEqual([200, 500, 'busy']);
  });

  it('works again as soon as there is room', async () => {
    const { turns } = await fill();
    await teams.sendMessage(alice, 'more work');
    release();
    await Promise.all(turns);
    expect((await teams.sendMessage(alice, 'again')).texts).toEqual(['done']);
  });

  it('refuses unread what comes on top of those being told, with the time to wait', async () => {
    await fill();
    // Teams takes the polite sentences slowly: they wait, too.
    let takeThem = (): void => undefined;
    teams.connector.fail({ until: new Promise<void>((resolve) => (takeThem = resolve)), times: mostTurns });
    const told = Array.from({ length: mostTurns }, async () => teams.sendMessage(alice, 'more work'));
    await eventually(
      async () => Promise.resolve(edge.log.filter((line) => line.includes('"kind":"busy"'))),
      (lines) => lines.length === mostTurns,
    );
    const refused = await fetch(`${edge.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(teams.activity(alice, { type: 'message', text: 'too much' })),
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toEqual({ type: 'about:blank', title: 'Not available now', status: 503 });
    takeThem();
    expect((await Promise.all(told)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});
