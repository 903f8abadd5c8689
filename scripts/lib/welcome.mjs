const TRY = [
  [
    'English',
    'Move Contoso Exchange to 3 March, they postponed the kickoff',
    'my start dates',
    'what counts as the start date?',
  ],
  [
    'Deutsch',
    'Verschiebe Müller Logistik Teams auf den 3. März, der Kick-off wurde verlegt',
    'meine Startdaten',
    'Was zählt als Startdatum?',
  ],
  [
    'Português',
    'Mude Padaria São João Teams para 3 de março, o cliente pediu para adiar',
    'minhas datas de início',
    'o que conta como data de início?',
  ],
  ['中文', '把北风贸易的 Teams 改到3月3日，客户推迟了启动会议', '我的开始日期', '什么算接洽开始日期？'],
  [
    '日本語',
    '株式会社コントソの Teams を3月3日に変更、キックオフが延期されたため',
    '開始日の一覧',
    '開始日とは何ですか',
  ],
];

/** The one screen of text that `npm start` ends in. */
export function welcome({ botPort, playgroundPort, dataDir, seconds }) {
  const open = playgroundPort === undefined ? [] : [`  Open        http://localhost:${playgroundPort}`, ''];
  const here = playgroundPort === undefined ? 'Send' : 'Write';
  return [
    '',
    `FM assistant is ready (${seconds} s).`,
    '',
    ...open,
    `  Bot         http://localhost:${botPort}/api/messages   health: /healthz /readyz /metrics`,
    ...(playgroundPort === undefined
      ? []
      : [`  Playground  Microsoft 365 Agents Playground, signed in as Alex Wilber (alexw@example.com)`]),
    `  Data        ${dataDir}   Azure Table Storage emulator with sample customers; kept between starts`,
    `  Logs        ${dataDir}/bot.log`,
    '',
    `${here}, for example:`,
    ...TRY.flatMap(([language, ...lines]) => [`  ${language}`, ...lines.map((line) => `    ${line}`)]),
    '',
    'Stop with Ctrl-C. Start again with npm start.',
  ].join('\n');
}
