import { ConnectorError } from '../../src/adapters/teams/connector-error';
import type { TurnLogic } from '../../src/adapters/teams/turn-runner';
import { Down, EtagMemory, startEdge, type EdgeOptions, type EdgeUnderTest } from './edge-under-test';
import { TeamsStandIn, type Person } from './teams-stand-in';

let teams: TeamsStandIn;
let edge: EdgeUnderTest;
let alice: Person;

async function start(logic?: TurnLogic, options: EdgeOptions = {}): Promise<void> {
  edge = await startEdge(logic, options);
  teams = await TeamsStandIn.start({ botUrl: edge.url });
  alice = teams.person('Alice Meyer');
}

afterEach(async () => {
  await edge.close();
  await teams.close();
});

interface Counter {
  count: number;
}

/** Counts messages in the state, and says the count. */
const counting: TurnLogic = async (context, state) => {
  const counter = (await state.get<Counter>()) ?? { count: 0 };
  counter.count += 1;
  state.set(counter);
  await context.sendActivity(`Message ${counter.count}`);
};

describe('a turn that leaves the state alone', () => {
  it('answers the message it got, with one POST and no storage request', async () => {
    await start();
    const turn = await teams.sendMessage(alice, 'hello');
    expect(turn.status).toBe(200);
    expect(turn.texts).toEqual(['Echo: hello']);
    expect(turn.calls).toHaveLength(1);
    expect(turn.calls[0]).toMatchObject({ kind: 'reply', conversationId: teams.chatOf(alice) });
    expect([edge.storage.reads, edge.storage.writes]).toEqual([0, 0]);
  });

  it('keeps its connection to Teams', async () => {
    await start();
    for (let count = 0; count < 5; count += 1) {
      await teams.sendMessage(alice, `hello ${count}`);
    }
    expect(teams.connector.sent).toHaveLength(5);
    expect(teams.connector.connections).toBe(1);
  });

  it('reads but does not write a state it did not change', async () => {
    await start(async (context, state) => {
      await state.get();
      await state.get();
      await context.sendActivity('seen');
    });
    await teams.sendMessage(alice, 'hello');
    expect([edge.storage.reads, edge.storage.writes]).toEqual([1, 0]);
  });

  it('passes unknown fields on, drops undefined, and sends no token without an app id', async () => {
    await start(async (context) => {
      await context.sendActivity({
        type: 'message',
        text: 'x',
        importance: undefined,
        summary: 's',
        ours: { a: 1 },
      } as never);
    });
    const turn = await teams.sendMessage(alice, 'hello');
    expect(turn.calls[0]?.body).toMatchObject({ summary: 's', ours: { a: 1 } });
    expect(turn.calls[0]?.body).not.toHaveProperty('importance');
    expect(turn.calls[0]?.authorization).toBeUndefined();
  });
});

describe('a turn that changes the state', () => {
  it('finds it again in the next turn, for that person only', async () => {
    await start(counting);
    const bob = teams.person('Bob');
    expect((await teams.sendMessage(alice, 'a')).texts).toEqual(['Message 1']);
    expect((await teams.sendMessage(alice, 'b')).texts).toEqual(['Message 2']);
    expect((await teams.sendMessage(bob, 'a')).texts).toEqual(['Message 1']);
  });

  it('is run again on fresh state when overtaken, and has said nothing before', async () => {
    let runs = 0;
    await start(async (context, state) => {
      runs += 1;
      await counting(context, state);
    });
    await teams.sendMessage(alice, 'first');
    const overtaker = { done: false };
    edge.storage.beforeWrite = async (key) => {
      if (!overtaker.done) {
        overtaker.done = true;
        await edge.storage.write({ [key]: { ...(await edge.storage.read([key]))[key], data: { count: 41 } } });
      }
    };
    const turn = await teams.sendMessage(alice, 'second');
    expect(turn.texts).toEqual(['Message 42']);
    expect(runs).toBe(3);
    expect(edge.reports.at(-1)).toMatchObject({ outcome: 'answered', reruns: 1 });
  });

  it('counts every message of many at once, each answered once', async () => {
    await start(counting);
    await Promise.all(['a', 'b', 'c'].map(async (text) => teams.sendMessage(alice, text)));
    const texts = teams.connector.sent.map((call) => call.body.text as string);
    expect(texts.sort()).toEqual(['Message 1', 'Message 2', 'Message 3']);
  });

  it('ends politely when overtaken every time', async () => {
    await start(counting);
    let other = 0;
    let inside = false;
    edge.storage.beforeWrite = async (key) => {
      if (!inside) {
        inside = true;
        const row = (await edge.storage.read([key]))[key] as object | undefined;
        await edge.storage.write({ [key]: { ...row, data: { count: (other += 100) } } });
        inside = false;
      }
    };
    const turn = await teams.sendMessage(alice, 'hello');
    expect(turn.status).toBe(200);
    expect(turn.texts).toEqual(['Sorry: conflict']);
    expect(edge.reports.at(-1)).toMatchObject({ outcome: 'conflict', reruns: 3 });
  });

  it.each([
    ['without another read when the storage tells ETags', true, 1],
    ['with another read when it does not', false, 2],
  ])('learns message ids after sending and keeps them, %s', async (_case, tellsETags, reads) => {
    const storage = new EtagMemory();
    storage.tellsETags = tellsETags;
    await start(
      async (context, state) => {
        const form = (await state.get<{ cardId?: string }>()) ?? {};
        if (form.cardId !== undefined) {
          await context.updateActivity({ id: form.cardId, type: 'message', text: 'replaced' });
          return;
        }
        state.set(form);
        const sent = await context.sendActivity('card');
        state.afterSend((idOf) => {
          form.cardId = idOf(sent?.id ?? '');
        });
      },
      { storage },
    );
    const first = await teams.sendMessage(alice, 'open');
    expect([storage.reads, storage.writes]).toEqual([reads, 2]);
    const second = await teams.sendMessage(alice, 'again');
    expect(second.calls[0]).toMatchObject({ kind: 'update', activityId: first.calls[0]?.id });
  });
});

describe('what a turn says', () => {
  it('sends text and attachments as two messages', async () => {
    await start(async (context) => {
      const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } };
      await context.sendActivity({ type: 'message', text: 'Look', attachments: [card] });
    });
    const turn = await teams.sendMessage(alice, 'hello');
    expect(turn.texts).toEqual(['Look']);
    expect(turn.cards).toEqual([{ type: 'AdaptiveCard' }]);
    expect(turn.calls.map(({ body }) => Object.keys(body as object).includes('attachments'))).toEqual([false, true]);
  });

  it('can update and delete what it sent in the same turn', async () => {
    await start(async (context) => {
      const one = await context.sendActivity('one');
      const two = await context.sendActivity('two');
      await context.updateActivity({ id: one?.id ?? '', type: 'message', text: 'uno' });
      await context.deleteActivity(two?.id ?? '');
    });
    const { calls } = await teams.sendMessage(alice, 'hello');
    expect(calls.map(({ kind }) => kind)).toEqual(['reply', 'reply', 'update', 'delete']);
    expect([calls[2]?.activityId, calls[3]?.activityId]).toEqual([calls[0]?.id, calls[1]?.id]);
  });

  it('sends a new message when the one to update is gone', async () => {
    await start(async (context) => {
      await context.updateActivity({ id: '1:gone', type: 'message', text: 'new' });
    });
    teams.connector.fail({ on: ['update'], status: 404, code: 'ActivityNotFoundInConversation' });
    const turn = await teams.sendMessage(alice, 'hello');
    expect(turn.texts).toEqual(['new']);
    expect(turn.calls.map(({ kind }) => kind)).toEqual(['update', 'reply']);
  });

  it('answers a card press with HTTP 200 and the card', async () => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } };
    await start(async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    });
    const turn = await teams.pressCard(alice, 'startDate.save', { customerId: 'c1' });
    expect([turn.status, turn.body]).toEqual([200, body]);
    expect(turn.calls).toHaveLength(0);
  });

  it('answers an invoke it knows nothing about with 400', async () => {
    await start();
    const turn = await teams.post(teams.activity(alice, { type: 'invoke', name: 'task/fetch', value: {} }));
    expect([turn.status, turn.contentType]).toEqual([400, 'application/problem+json']);
  });
});

describe('when Teams does not take a message', () => {
  it.each([
    ['500', { status: 500 }, 1],
    ['502', { status: 502 }, 1],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '0' } }, 1],
    ['403', { status: 403, code: 'ConversationBlockedByUser' }, 1],
    ['a connection cut before', { reset: 'before' as const }, 1],
    ['a connection cut after', { reset: 'after' as const }, 1],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' } }, 2],
    ['412', { status: 412 }, 2],
    ['429 to wait for beyond the turn', { status: 429, headers: { 'retry-after': '60' } }, 1],
  ])('%s: %j is POSTed %i time(s), and answered 200', async (_name, fault, posts) => {
    await start();
    teams.connector.fail(fault);
    const turn = await teams.sendMessage(alice, 'hello');
    await teams.connector.next(() => true);
    expect(turn.status).toBe(200);
    expect(teams.connector.calls).toHaveLength(posts);
    expect(edge.reports[0]?.outcome).toBe(posts === 2 ? 'answered' : 'unsent');
  });

  it('keeps the state although the words did not arrive', async () => {
    await start(counting);
    teams.connector.fail({ status: 500 });
    await teams.sendMessage(alice, 'one');
    expect((await teams.sendMessage(alice, 'two')).texts).toEqual(['Message 2']);
  });

  it('tells codes, never the text, of a refusal', async () => {
    await start();
    const message = JSON.stringify({ subCode: 'MessageWritesBlocked', errorCode: 209, detail: 'Alice blocked' });
    teams.connector.fail({ status: 403, code: 'Forbidden', message });
    const target = { serviceUrl: teams.serviceUrl, conversationId: 'a:1' };
    const error = await edge.edge.connector
      .sendToConversation(target, { type: 'message', text: 'x' })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectorError);
    expect(error).toMatchObject({ status: 403, code: 'Forbidden', subCode: 'MessageWritesBlocked', ambiguous: false });
    expect(String(error)).not.toContain('Alice');
  });
});

describe('when the bot fails', () => {
  const failing =
    (error: Error): TurnLogic =>
    async (context, state) => {
      state.set({ half: 'done' });
      await context.sendActivity('half a sentence');
      throw error;
    };

  it.each([
    ['a defect', new Error('secret detail of Contoso'), 'unexpected'],
    ['storage that does not answer', new Down('secret'), 'storage'],
  ])('%s: apologises, keeps the state, says nothing of the inside', async (_name, error, kind) => {
    await start(failing(error));
    const turn = await teams.sendMessage(alice, 'text of a customer');
    expect([turn.status, turn.body, turn.texts]).toEqual([200, undefined, [`Sorry: ${kind}`]]);
    expect(Object.keys(edge.storage.rows)).toEqual([]);
    expect(edge.log.join()).not.toMatch(/secret|text of a customer|Alice/);
    expect(edge.log.join()).toContain('turn.failed');
  });

  it('answers a failed card press with HTTP 200 and the error inside', async () => {
    await start(failing(new Error('secret')));
    const turn = await teams.pressCard(alice, 'startDate.save');
    expect(turn.status).toBe(200);
    expect(turn.body).toEqual({
      statusCode: 500,
      type: 'application/vnd.microsoft.error',
      value: { code: 'unexpected', message: 'Sorry: unexpected' },
    });
  });

  it('stays silent about an event nobody waits for', async () => {
    await start(failing(new Error('secret')));
    const turn = await teams.installationUpdate(alice);
    expect([turn.status, turn.calls.length]).toEqual([200, 0]);
  });

  it('is still polite when it cannot even apologise', async () => {
    await start(failing(new Error('secret')), { deps: { apology: async () => Promise.reject(new Error('no words')) } });
    expect((await teams.sendMessage(alice, 'x')).status).toBe(200);
    const press = await teams.pressCard(alice, 'x');
    expect([press.status, press.body.statusCode]).toEqual([200, 500]);
  });
});

describe('a turn beyond its deadline', () => {
  const deadlineMs = 50;

  it('is answered, told about, and still finishes', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await start(
      async (context, state) => {
        await held;
        state.set({ finished: true });
        await context.sendActivity('at last');
      },
      { deps: { deadlineMs } },
    );
    const turn = await teams.sendMessage(alice, 'slow');
    expect([turn.status, turn.texts]).toEqual([200, ['Sorry: slow']]);
    release();
    await teams.connector.next((call) => call.body.text === 'at last');
    await edge.edge.idle();
    expect(edge.storage.writes).toBe(1);
  });

  it('answers a card press with the error inside', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await start(async () => held, { deps: { deadlineMs } });
    const turn = await teams.pressCard(alice, 'startDate.save');
    expect([turn.status, turn.body.value.code]).toEqual([200, 'slow']);
    release();
  });

  it('does not speak of slowness when only Teams is slow to take the reply', async () => {
    await start(undefined, { deps: { deadlineMs } });
    teams.connector.fail({ delayMs: 200 });
    const turn = await teams.sendMessage(alice, 'hello');
    expect(turn.status).toBe(200);
    await edge.edge.idle();
    expect(teams.connector.sent.map((call) => call.body.text as string)).toEqual(['Echo: hello']);
  });
});

describe('the same activity delivered twice', () => {
  it('is answered once by the same process, also while it is under way', async () => {
    await start(counting);
    const activity = teams.activity(alice, { type: 'message', text: 'hello' });
    const turns = await Promise.all([teams.post(activity), teams.post(activity)]);
    await teams.post(activity);
    expect(turns.map(({ status }) => status)).toEqual([200, 200]);
    expect(teams.connector.sent).toHaveLength(1);
  });

  it('gets the same answer to a card press', async () => {
    let runs = 0;
    await start(async (context) => {
      runs += 1;
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: { statusCode: 200, value: runs } },
      });
    });
    const value = { action: { verb: 'x', data: {} } };
    const press = teams.activity(alice, { type: 'invoke', name: 'adaptiveCard/action', value });
    expect((await teams.post(press)).body).toEqual((await teams.post(press)).body);
    expect(runs).toBe(1);
  });

  it('is still known when large cards were answered since', async () => {
    const card = { type: 'invokeResponse', value: { status: 200, body: 'x'.repeat(400_000) } };
    await start(async (context) => {
      await context.sendActivity(context.activity.type === 'message' ? 'hello' : card);
    });
    const said = teams.activity(alice, { type: 'message', text: 'hello' });
    const presses = [1, 2, 3].map((): unknown =>
      teams.activity(alice, { type: 'invoke', name: 'adaptiveCard/action' }),
    );
    for (const activity of [said, ...presses, said]) {
      await teams.post(activity);
    }
    expect(teams.connector.sent).toHaveLength(1);
  });

  it('is recognised by the state after a restart', async () => {
    await start(counting);
    const activity = teams.activity(alice, { type: 'message', text: 'hello' });
    await teams.post(activity);
    const { storage } = edge;
    await edge.close();
    edge = await startEdge(counting, { storage: new EtagMemory(storage.rows) });
    teams.playAgainst(edge.url);
    expect((await teams.post(activity)).status).toBe(200);
    expect(teams.connector.sent).toHaveLength(1);
    expect((await teams.sendMessage(alice, 'next')).texts).toEqual(['Message 2']);
  });

  it('lets the same words in a new message count', async () => {
    await start(counting);
    await teams.sendMessage(alice, 'hello');
    expect((await teams.sendMessage(alice, 'hello')).texts).toEqual(['Message 2']);
  });

  it('tells two edits of one message apart', async () => {
    await start(counting);
    const edit = { type: 'messageUpdate', id: '1:same' };
    await teams.post(teams.activity(alice, { ...edit, timestamp: '2026-01-05T10:00:00.000Z' }));
    await teams.post(teams.activity(alice, { ...edit, timestamp: '2026-01-05T10:00:09.000Z' }));
    expect(teams.connector.sent).toHaveLength(2);
  });
});
