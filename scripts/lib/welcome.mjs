import { readFileSync } from 'node:fs';

const TRY = JSON.parse(readFileSync(new URL('try-this.json', import.meta.url), 'utf8'));

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
    ...TRY.flatMap(({ name, change, list, question }) => [
      `  ${name}`,
      ...[change, list, question].map((line) => `    ${line}`),
    ]),
    '',
    'Stop with Ctrl-C. Start again with npm start.',
  ].join('\n');
}
