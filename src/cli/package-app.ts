import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { LANGUAGES, type Intent, type Language } from '../domain/vocabulary';
import deCommands from '../locales/de/commands.json';
import enCommands from '../locales/en/commands.json';
import jaCommands from '../locales/ja/commands.json';
import ptCommands from '../locales/pt-BR/commands.json';
import zhCommands from '../locales/zh-Hans/commands.json';

/** What Teams offers to be picked, by scope; in chats with others the bot answers playbook questions only. */
const COMMAND_LISTS = [
  {
    scopes: ['personal'],
    commands: [
      'start-date-list',
      'change-start-date',
      'plan-deployment',
      'complete-engagement',
      'show-history',
      'show-notes',
      'team-load',
      'gaps',
      'settings',
      'question',
      'help',
    ],
  },
  { scopes: ['team', 'groupChat'], commands: ['question', 'help'] },
] as const satisfies readonly { scopes: readonly string[]; commands: readonly Intent[] }[];

export type Command = (typeof COMMAND_LISTS)[number]['commands'][number];
export const COMMANDS: readonly Command[] = COMMAND_LISTS[0].commands;

const TEXTS: Readonly<Record<Language, typeof enCommands>> = {
  en: enCommands,
  de: deCommands,
  'pt-BR': ptCommands,
  'zh-Hans': zhCommands,
  ja: jaCommands,
};

/** What a person picks or types for a command: the bot understands it in every language. */
export function commandTitle(language: Language, command: Command): string {
  return TEXTS[language][`command.${command}.title`];
}

const commandDescription = (language: Language, command: Command): string =>
  TEXTS[language][`command.${command}.description`];

export interface AppPackageSettings {
  /** The bot's app registration (GUID); also the id of the Teams app. */
  readonly appId: string;
  /** Semantic version of the app. */
  readonly version: string;
  /** The folder with `manifest.json`, the icons and `localization/`. */
  readonly folder: string;
}

/** Files of the package by name, in the order of the zip. @throws when the folder lacks one. */
export function appPackageFiles({ appId, version, folder }: AppPackageSettings): ReadonlyMap<string, Buffer> {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const filled = read('manifest.json')
    .toString('utf8')
    .replaceAll('${{MicrosoftAppId}}', appId)
    .replaceAll('${{Version}}', version);
  return new Map([
    ['manifest.json', json(withCommands(JSON.parse(filled) as ManifestTemplate))],
    ...['color.png', 'outline.png'].map((name) => [name, read(name)] as const),
    ...LANGUAGES.map((language): [string, Buffer] => {
      const name = `localization/${language}.json`;
      return [name, json({ ...parse(read(name)), ...localizedCommands(language) })];
    }),
  ]);
}

/** The Teams app package: the same bytes for the same files, so that a change of the package is a change of the app. */
export async function packageApp(settings: AppPackageSettings): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of appPackageFiles(settings)) {
    zip.addBuffer(content, name, { mtime: PACKED_AT, forceDosTimestamp: true, mode: 0o100644 });
  }
  zip.end();
  return buffer(zip.outputStream);
}

interface ManifestTemplate {
  readonly bots: readonly object[];
}

function withCommands(manifest: ManifestTemplate): object {
  const commandLists = COMMAND_LISTS.map(({ scopes, commands }) => ({
    scopes,
    commands: commands.map((command) => ({
      title: commandTitle('en', command),
      description: commandDescription('en', command),
    })),
  }));
  return { ...manifest, bots: manifest.bots.map((bot) => ({ ...bot, commandLists })) };
}

function localizedCommands(language: Language): Readonly<Record<string, string>> {
  const entries = COMMAND_LISTS.flatMap(({ commands }, list) =>
    commands.flatMap((command, index) => {
      const key = `bots[0].commandLists[${list}].commands[${index}]`;
      return [
        [`${key}.title`, commandTitle(language, command)] as const,
        [`${key}.description`, commandDescription(language, command)] as const,
      ];
    }),
  );
  return Object.fromEntries(entries);
}

/** Local time: the zip stores the hands of a clock, not an instant. */
const PACKED_AT = new Date(2000, 0, 1);
const parse = (content: Buffer): object => JSON.parse(content.toString('utf8')) as object;
const json = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
