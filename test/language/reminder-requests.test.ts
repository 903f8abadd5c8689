import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../src/domain/vocabulary';
import { understand } from '../../src/language/understand';
import { CANDIDATES } from './sentences';

const today = Temporal.PlainDate.from('2026-11-20');

/** What FMs say about the reminders themselves; the day is read where one is named. */
const REQUESTS: Readonly<Record<Language, readonly (readonly [string, string, string?])[]>> = {
  en: [
    ['pause', 'Pause reminders until 5 January', '2027-01-05'],
    ['pause', 'please stop the reminders until January 5', '2027-01-05'],
    ['pause', 'mute all my reminders till Monday', '2026-11-23'],
    ['pause', 'no reminders until 1 December please', '2026-12-01'],
    ['pause', "Don't remind me before 7 December", '2026-12-07'],
    ['pause', 'please do not send me any reminders before 7 December', '2026-12-07'],
    ['pause', "I don't want reminders before January 5", '2027-01-05'],
    ['pause', 'remind me only on 7 December', '2026-12-07'],
    ['pause', 'turn the reminders off'],
    ['pause', 'snooze reminders'],
    ['pause', 'stop reminding me'],
    ['resume', 'resume reminders'],
    ['resume', 'turn my reminders back on'],
    ['resume', 'remind me again from 5 January', '2027-01-05'],
    ['why', 'Why do I get reminders?'],
    ['why', 'why am I getting this?'],
    ['why', 'Why are you reminding me about customers all the time'],
    ['why', 'what are these reminders for'],
    ['why', 'how do reminders work?'],
    ['why', 'When do I get a reminder?'],
  ],
  de: [
    ['pause', 'Pausiere die Erinnerungen bis zum 5. Januar', '2027-01-05'],
    ['pause', 'Bitte keine Erinnerungen bis 5. Januar', '2027-01-05'],
    ['pause', 'Erinnere mich bitte nicht vor dem 7. Dezember', '2026-12-07'],
    ['pause', 'Erinnern Sie mich bitte nicht vor dem 5. Januar', '2027-01-05'],
    ['pause', 'Können Sie die Erinnerungen bis 1. Dezember aussetzen?', '2026-12-01'],
    ['pause', 'Erinnerungen stoppen'],
    ['pause', 'schalte die Erinnerungen aus'],
    ['pause', 'Ich möchte bis 5.1. nicht erinnert werden', '2027-01-05'],
    ['resume', 'Erinnerungen wieder einschalten'],
    ['resume', 'Erinnern Sie mich wieder'],
    ['resume', 'Setzen Sie die Erinnerungen fort'],
    ['why', 'Warum bekomme ich Erinnerungen?'],
    ['why', 'Wieso erinnerst du mich ständig?'],
    ['why', 'Weshalb erhalte ich diese Erinnerungen'],
    ['why', 'wozu sind die Erinnerungen da?'],
    ['why', 'Wann bekomme ich eine Erinnerung?'],
  ],
  'pt-BR': [
    ['pause', 'Pausar lembretes até 5 de janeiro', '2027-01-05'],
    ['pause', 'pausa os lembretes até 05/01', '2027-01-05'],
    ['pause', 'não quero receber lembretes até 1º de dezembro', '2026-12-01'],
    ['pause', 'para de me lembrar'],
    ['pause', 'suspenda os meus lembretes até segunda-feira', '2026-11-23'],
    ['pause', 'não me lembre antes de 7 de dezembro', '2026-12-07'],
    ['pause', 'não me avise antes de 7 de dezembro', '2026-12-07'],
    ['pause', 'desligar lembretes'],
    ['resume', 'retomar lembretes'],
    ['resume', 'pode voltar a me lembrar'],
    ['resume', 'reative os lembretes'],
    ['why', 'Por que eu recebo lembretes?'],
    ['why', 'por que você está me mandando lembretes'],
    ['why', 'Por que estou recebendo isso?'],
    ['why', 'para que servem os lembretes'],
    ['why', 'como funcionam os lembretes?'],
  ],
  'zh-Hans': [
    ['pause', '暂停提醒到1月5日', '2027-01-05'],
    ['pause', '1月5日之前不要提醒我'],
    ['pause', '请停止提醒'],
    ['pause', '别再提醒我了'],
    ['pause', '把提醒关掉'],
    ['pause', '12月7日再提醒我', '2026-12-07'],
    ['pause', '暂停发送提醒'],
    ['resume', '恢复提醒'],
    ['resume', '重新开始提醒我'],
    ['resume', '打开提醒'],
    ['why', '为什么我会收到提醒？'],
    ['why', '为什么提醒我'],
    ['why', '怎么老是提醒我'],
    ['why', '这些提醒是干什么的？'],
    ['why', '什么时候会收到提醒'],
  ],
  ja: [
    ['pause', '1月5日までリマインダーを停止してください', '2027-01-05'],
    ['pause', 'リマインダーを1月5日まで止めて', '2027-01-05'],
    ['pause', 'リマインドを一時停止'],
    ['pause', 'リマインダーをオフにしてください'],
    ['pause', '12月7日まではリマインド不要です', '2026-12-07'],
    ['pause', 'もうリマインドしないでください'],
    ['resume', 'リマインダーを再開してください'],
    ['resume', 'リマインダーの停止を解除'],
    ['resume', 'またリマインドして'],
    ['why', 'なぜリマインダーが届くのですか？'],
    ['why', 'どうしてリマインドされるの'],
    ['why', 'このメッセージはなぜ届いているのですか'],
    ['why', 'リマインダーはいつ届きますか'],
    ['why', 'リマインダーの目的は何ですか'],
  ],
};

const cases = Object.entries(REQUESTS).flatMap(([lang, rows]) =>
  rows.map(([request, said, day]) => ({ lang, request, said, day })),
);

test.each(cases)('$lang: "$said" is $request', ({ request, said, day }) => {
  const { intent, date } = understand(said, { today, candidates: CANDIDATES });
  expect(intent).toBe(`${request}-reminders`);
  expect(date.kind === 'date' ? date.date.toString() : undefined).toBe(day);
});

/** Reminders that FMs send to customers, or would like for something else, are no business of ours. */
const OTHERS = [
  'I sent Contoso three reminders and got no answer',
  'Fabrikam ignores my reminders',
  'no reply to my reminders from Litware',
  'Contoso antwortet nicht auf meine Erinnerungen',
  'A Contoso não responde aos meus lembretes',
  'Contoso 不回复我的提醒',
  'コントソはリマインドしても返事がありません',
];
test.each(OTHERS)('"%s" is about the customer', (said) => {
  expect(understand(said, { today, candidates: CANDIDATES }).intent).toBe('no-reply');
});
