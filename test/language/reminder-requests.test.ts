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

/** A pause told by its length, from today on, or by the end of what it lasts to; what is not clear is asked about. */
const LENGTHS: Readonly<Record<Language, readonly (readonly [string, string?])[]>> = {
  en: [
    ['snooze reminders for a month', '2026-12-20'],
    ['Pause reminders for 3 days', '2026-11-23'],
    ['mute reminders for a week', '2026-11-27'],
    ["Don't remind me for the next two weeks", '2026-12-04'],
    ['two weeks without reminders please', '2026-12-04'],
    ['pause reminders for a fortnight', '2026-12-04'],
    ['pause reminders for a while'],
    ['pause reminders for 2-3 weeks'],
    ['pause reminders for two or three weeks'],
    ['pause reminders for half a month'],
    ['pause reminders for a week and a half'],
    ['stop reminding me every two weeks'],
    ['pause reminders for the rest of the week', '2026-11-23'],
    ['no reminders for the rest of the month please', '2026-12-01'],
    ['Pause reminders until the new year, thanks', '2027-01-01'],
    ["mute reminders until New Year's Day", '2027-01-01'],
    ['pause reminders until after Christmas', '2026-12-27'],
    ['pause reminders until after the Christmas break'],
    ["pause reminders until next year's kickoff"],
    ['pause reminders until Christmas'],
  ],
  de: [
    ['Pausiere Erinnerungen für zwei Wochen', '2026-12-04'],
    ['Keine Erinnerungen für einen Monat', '2026-12-20'],
    ['Erinnere mich die nächsten zwei Wochen nicht', '2026-12-04'],
    ['Setzen Sie die Erinnerungen 14 Tage lang aus', '2026-12-04'],
    ['Erinnerungen für eine Woche stumm schalten', '2026-11-27'],
    ['Erinnerungen für eine Weile pausieren'],
    ['Pausiere Erinnerungen für 2 bis 3 Wochen'],
    ['keine Erinnerungen für den Rest der Woche', '2026-11-23'],
    ['Erinnerungen bis zum neuen Jahr pausieren', '2027-01-01'],
    ['Pausiere die Erinnerungen bis nach Weihnachten', '2026-12-27'],
    ['Erinnerungen bis Mitte nächsten Jahres pausieren'],
  ],
  'pt-BR': [
    ['pausar os lembretes por duas semanas', '2026-12-04'],
    ['Pausar lembretes por 3 dias', '2026-11-23'],
    ['pausa os lembretes por um mês', '2026-12-20'],
    ['não me avise nas próximas duas semanas', '2026-12-04'],
    ['pausar lembretes por um tempo'],
    ['pausar lembretes por duas ou três semanas'],
    ['pausar lembretes por um mês e meio'],
    ['pausar lembretes pelo resto da semana', '2026-11-23'],
    ['pausa os lembretes até o ano novo', '2027-01-01'],
    ['pausar lembretes até depois do Natal', '2026-12-27'],
    ['pausar lembretes até meados do próximo ano'],
  ],
  'zh-Hans': [
    ['提醒先停两周', '2026-12-04'],
    ['暂停提醒一个月', '2026-12-20'],
    ['停止提醒3天', '2026-11-23'],
    ['先停两周提醒', '2026-12-04'],
    ['接下来两周别提醒我', '2026-12-04'],
    ['暂停一段时间提醒'],
    ['暂停提醒两三周'],
    ['暂停提醒半个月'],
    ['本周剩余时间暂停提醒', '2026-11-23'],
    ['暂停提醒到明年', '2027-01-01'],
    ['暂停提醒到圣诞节后', '2026-12-27'],
    ['暂停提醒到明年春节'],
  ],
  ja: [
    ['リマインダーを2週間止めて', '2026-12-04'],
    ['リマインダーを1か月停止してください', '2026-12-20'],
    ['リマインドを1週間休止', '2026-11-27'],
    ['リマインダーを3日間止めてください', '2026-11-23'],
    ['2週間リマインダーなしで', '2026-12-04'],
    ['リマインダーをしばらく止めて'],
    ['リマインダーを2、3週間止めて'],
    ['今週の残りはリマインダーを停止して', '2026-11-23'],
    ['年明けまでリマインダーを停止', '2027-01-01'],
    ['クリスマス明けまでリマインダーを停止して', '2026-12-27'],
    ['クリスマスの3日後までリマインダーを停止'],
  ],
};
const lengths = Object.entries(LENGTHS).flatMap(([lang, rows]) => rows.map(([said, day]) => ({ lang, said, day })));
test.each(lengths)('$lang: "$said" pauses until $day', ({ said, day }) => {
  const { intent, date } = understand(said, { today, candidates: CANDIDATES });
  expect(intent).toBe('pause-reminders');
  expect(date.kind === 'date' ? date.date.toString() : undefined).toBe(day);
});

/** What is set on the settings card and said without its name. */
const SETTINGS: readonly string[] = [
  'no reminders this week',
  'unsubscribe',
  'opt out of reminders',
  'turn on heads-up',
  'set holidays to Germany',
  'use German public holidays',
  'diese Woche keine Erinnerungen',
  'Erinnerungen abbestellen',
  'Vorankündigung einschalten',
  'Feiertage auf Deutschland setzen',
  'sem lembretes esta semana',
  'cancelar inscrição',
  'ativar aviso prévio',
  'mudar os feriados para Brasil',
  '这周不要提醒',
  '退订提醒',
  '打开提前通知',
  '把节假日设为德国',
  '今週はリマインダーなしで',
  '配信停止',
  '事前通知をオンにして',
  '祝日をドイツに設定',
];
test.each(SETTINGS)('"%s" opens the settings', (said) => {
  expect(understand(said, { today, candidates: CANDIDATES }).intent).toBe('settings');
});

/** A holiday beside a date is a reason, and a customer who wants to leave leaves no reminders. */
test.each([
  ['祝日なので月曜に変更して', 'change-start-date'],
  ['休日を避けて月曜に変更', 'change-start-date'],
  ['Contoso Teams to 5 May because of the public holidays', 'change-start-date'],
  ['until 5 January no reminders', 'pause-reminders'],
  ['Contoso wants to opt out of this', 'none'],
  ['quero cancelar a inscrição na newsletter', 'cancel'],
  ['退订FastTrack邮件', 'none'],
])('"%s" is %s', (said, intent) => {
  expect(understand(said, { today, candidates: CANDIDATES }).intent).toBe(intent);
});

test.each(['why did you send me this', 'Warum schickst du mir das?', '为什么给我发这个？', 'なぜこれが届いたのですか'])(
  '"%s" asks why',
  (said) => {
    expect(understand(said, { today, candidates: CANDIDATES }).intent).toBe('why-reminders');
  },
);

/** Games begin and days have dates without us. */
const NOTHING_OF_OURS: readonly string[] = [
  'what day is today?',
  "what's the date today",
  'When does the game start on Friday?',
  'Wann beginnt das Spiel am Freitag?',
  'Welches Datum haben wir heute?',
  'que horas começa o jogo na sexta?',
  'que dia é hoje?',
  '今天几号？',
  '星期五的球赛什么时候开始',
  '今日は何曜日？',
  '金曜の試合は何時に始まりますか？',
];
test.each(NOTHING_OF_OURS)('"%s" asks for nothing here', (said) => {
  expect(understand(said, { today, candidates: CANDIDATES }).intent).toBe('none');
});

test.each(['コントソの開始日を今日の日付に変更して', '把Contoso的开始日期改成今天的日期'])(
  '"%s" is dated today',
  (said) => {
    const { intent, date } = understand(said, { today, candidates: CANDIDATES });
    expect([intent, date.kind]).toEqual(['change-start-date', 'date']);
  },
);

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
