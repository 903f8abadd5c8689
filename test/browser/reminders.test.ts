import type { Chat } from './chat';
import type { Session } from './session';
import { startSession } from './session';

let session: Session;
let chat: Chat;

beforeAll(async () => {
  session = await startSession({ env: { REMINDER_LOCAL_TIME: 'now', REMINDER_SWEEP_SECONDS: '1' } });
  chat = await session.open();
});
afterAll(async () => session.end());

/** Resolves once a card on the screen says so. */
const appears = async (words: string): Promise<void> => {
  await chat.page.locator('.ac-adaptiveCard', { hasText: words }).last().waitFor();
};

test('a reminder arrives by itself, and each answer changes its card in place', async () => {
  // Opening the chat tells the bot where its FM is; nothing has to be said.
  await appears('without a reply');
  await chat.screenshot('reminder-digest');
  const before = (await chat.messages()).length;

  const choices = await chat.press('Still trying');
  expect(choices).toContain('When shall I ask again?');
  await chat.screenshot('reminder-again-in');
  expect(await chat.press('In 3 working days')).toContain('attempt recorded');

  expect(await chat.press('Unresponsive')).toContain('Overall Status Notes');
  await chat.fill('Note', 'Five mails and two calls without an answer');
  expect(await chat.press('Record as unresponsive')).toContain('recorded as unresponsive');
  await chat.screenshot('reminder-outcomes');

  expect(await chat.press('Customer replied')).toContain('Reply recorded');
  await chat.screenshot('reminder-replied-form');
  await chat.fill('Reason', 'They called back');
  const saved = await chat.press('Cancel');
  expect(saved).toContain('reply recorded');
  await chat.screenshot('reminder-all-answered');
  expect((await chat.messages()).length).toBe(before);
});

test('why it came, a pause and the settings are one press away', async () => {
  expect(await chat.press('Why do I get this?')).toContain('keep trying');
  await chat.press('Back to the reminders');
  await chat.press('Pause reminders');
  await chat.screenshot('reminder-pause');
  await chat.say('settings');
  await chat.screenshot('settings');
  expect(await chat.cardText()).toContain('Working days');
});
