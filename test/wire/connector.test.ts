import { createLeanConnector, type LeanConnector } from '../../src/adapters/teams/lean-connector';
import { NO_RETRY } from '../../src/adapters/teams/retry-policy';
import { TeamsStandIn } from './teams-stand-in';

let teams: TeamsStandIn;
let connector: LeanConnector;
const ID = '19:meeting_abc/def@thread.v2;messageid=1 7?#';

beforeEach(async () => {
  teams = await TeamsStandIn.start();
  connector = createLeanConnector();
});

afterEach(async () => {
  await connector.close();
  await teams.close();
});

const target = (): { serviceUrl: string; conversationId: string } => ({
  serviceUrl: teams.serviceUrl,
  conversationId: ID,
});
const message = { type: 'message', text: 'Grüße 你好' };
const failureOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(() => 'succeeded').catch((e: unknown) => e);

it('sends outside a turn: creates the conversation once, then writes, edits and deletes', async () => {
  const parameters = { isGroup: false, members: [{ id: '29:a' }], channelData: { tenant: { id: 't' } } };
  const { id } = await connector.createConversation(teams.serviceUrl, parameters as never);
  const chat = { serviceUrl: teams.serviceUrl, conversationId: id };
  const sent = await connector.sendToConversation(chat, message);
  await connector.updateActivity({ ...chat, activityId: sent.id }, { type: 'message', text: 'edited' });
  await connector.deleteActivity({ ...chat, activityId: sent.id });
  expect(teams.connector.calls.map(({ kind, conversationId, body }) => [kind, conversationId, body as object])).toEqual(
    [
      ['create', '', parameters],
      ['send', id, message],
      ['update', id, { type: 'message', text: 'edited' }],
      ['delete', id, {}],
    ],
  );
});

it('keeps ids whole, whatever characters they have', async () => {
  await connector.replyToActivity({ ...target(), activityId: 'f:1/2 3' }, message);
  expect(teams.connector.calls[0]).toMatchObject({ kind: 'reply', conversationId: ID, activityId: 'f:1/2 3' });
});

it('works with a service URL without a slash at its end', async () => {
  const serviceUrl = teams.serviceUrl.replace(/\/$/, '');
  expect((await connector.sendToConversation({ ...target(), serviceUrl }, message)).id).toBe('1:1');
});

it('looks people up, one and all', async () => {
  const alice = teams.person('Alice Meyer');
  expect(await connector.getConversationMember(target(), alice.id)).toMatchObject({
    aadObjectId: alice.aadObjectId,
    email: 'alice.meyer@contoso.com',
  });
  const page = await connector.getConversationPagedMembers(target(), { pageSize: 50 });
  expect(page.members).toHaveLength(1);
  await expect(connector.getConversationMember(target(), 'nobody')).rejects.toMatchObject({ status: 404 });
});

it.each([
  ['429', { status: 429, headers: { 'retry-after': '0' } }, { status: 429, retryAfterSeconds: 0, ambiguous: false }],
  ['412', { status: 412 }, { status: 412, ambiguous: false }],
  ['500', { status: 500 }, { status: 500, ambiguous: true }],
  ['a connection cut after', { reset: 'after' as const }, { status: undefined, ambiguous: true }],
])('with NO_RETRY %s is one POST and its error', async (_case, fault, error) => {
  teams.connector.fail(fault);
  expect(await failureOf(connector.sendToConversation(target(), message, NO_RETRY))).toMatchObject(error);
  await teams.connector.next(() => true);
  expect(teams.connector.calls).toHaveLength(1);
});

it('with NO_RETRY no answer in time is one POST and its error', async () => {
  const hasty = createLeanConnector({ timeoutMs: 400 });
  let answer = (): void => undefined;
  teams.connector.fail({ until: new Promise<void>((resolve) => (answer = resolve)) });
  const error = { code: 'UND_ERR_HEADERS_TIMEOUT', ambiguous: true };
  expect(await failureOf(hasty.sendToConversation(target(), message, NO_RETRY))).toMatchObject(error);
  answer();
  await teams.connector.next(() => true);
  expect(teams.connector.calls).toHaveLength(1);
  await hasty.close();
});

it('repeats an edit until it is through, because it may happen twice', async () => {
  teams.connector.fail({ on: ['update'], status: 502 }, { on: ['update'], reset: 'after' });
  await connector.updateActivity({ ...target(), activityId: '1:7' }, message);
  expect(teams.connector.calls.map(({ status }) => status)).toEqual([502, 0, 200]);
});

it('gives up an edit after three attempts', async () => {
  teams.connector.fail({ on: ['update'], status: 500, times: 9 });
  const call = connector.updateActivity({ ...target(), activityId: '1:7' }, message);
  expect(await failureOf(call)).toMatchObject({ status: 500 });
  expect(teams.connector.calls).toHaveLength(3);
});

it('says that nothing has left when nobody listens', async () => {
  const { serviceUrl } = teams;
  await teams.close();
  const call = connector.sendToConversation({ serviceUrl, conversationId: ID }, message, NO_RETRY);
  expect(await failureOf(call)).toMatchObject({ code: 'ECONNREFUSED', ambiguous: false });
  teams = await TeamsStandIn.start();
});
