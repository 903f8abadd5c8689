import type { Language } from '../../src/domain/vocabulary';
import { readOccasion } from '../../src/language/occasion-answer';

describe('what happened, answered shortly', () => {
  test.each<[Language, string, string]>([
    ['en', 'rescheduled', 'customer-rescheduled'],
    ['en', 'they postponed', 'customer-rescheduled'],
    ['en', 'first discussion', 'first-discussion'],
    ['en', 'actually the kick-off', 'kickoff'],
    ['en', 'the next workload', 'serialized-deployment'],
    ['en', 'first e-mail', 'first-email'],
    ['de', 'verlegt', 'customer-rescheduled'],
    ['de', 'wurde verschoben', 'customer-rescheduled'],
    ['de', 'erste E-Mail', 'first-email'],
    ['de', 'nein, das Kick-off', 'kickoff'],
    ['pt-BR', 'adiou', 'customer-rescheduled'],
    ['pt-BR', 'foi a reunião de abertura', 'kickoff'],
    ['pt-BR', 'próximo workload', 'serialized-deployment'],
    ['pt-BR', 'correio de voz', 'voicemail'],
    ['zh-Hans', '客户改期了', 'customer-rescheduled'],
    ['zh-Hans', '下一个工作负载', 'serialized-deployment'],
    ['zh-Hans', '不，是启动会', 'kickoff'],
    ['ja', 'リスケ', 'customer-rescheduled'],
    ['ja', 'キックオフ ミーティング', 'kickoff'],
    ['ja', 'やっぱり次のワークロードです', 'serialized-deployment'],
    ['ja', '留守番電話', 'voicemail'],
    // Another language's words are understood where the question's own say nothing.
    ['pt-BR', 'kickoff', 'kickoff'],
    ['ja', 'rescheduled', 'customer-rescheduled'],
  ])('%s: "%s" is %s', (language, input, occasion) => {
    expect(readOccasion(input, language)).toBe(occasion);
  });

  test.each<[Language, string]>([
    ['en', 'other'],
    ['en', 'customer'],
    ['en', 'no idea'],
    ['en', 'change the start date'],
    ['de', 'Startdatum ändern'],
    ['pt-BR', 'outro'],
    ['zh-Hans', '不知道'],
    ['ja', '開始日を変更'],
    ['en', ''],
  ])('%s: "%s" is none', (language, input) => {
    expect(readOccasion(input, language)).toBeUndefined();
  });
});
