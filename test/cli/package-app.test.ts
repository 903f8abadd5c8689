import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { appPackageFiles, COMMANDS, commandTitle, packageApp } from '../../src/cli/package-app';
import { LANGUAGES } from '../../src/domain/vocabulary';

const ROOT = join(__dirname, '..', '..');
const SETTINGS = {
  appId: '3f0c9d5e-8a51-4d6a-9b0e-6f4b1c2d3e4f',
  version: '1.2.3',
  folder: join(ROOT, 'appPackage'),
};
const files = appPackageFiles(SETTINGS);
interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly name: Readonly<Record<'short' | 'full', string>>;
  readonly description: Readonly<Record<'short' | 'full', string>>;
  readonly icons: Readonly<Record<'color' | 'outline', string>>;
  readonly bots: readonly [{ botId: string; commandLists: readonly [{ commands: readonly [{ title: string }] }] }];
  readonly localizationInfo: { defaultLanguageFile: string; additionalLanguages: readonly { file: string }[] };
}

const parsed = (name: string): unknown => JSON.parse(files.get(name)?.toString('utf8') ?? '');
const manifest = parsed('manifest.json') as Manifest;

/** Problems that a published schema of Microsoft's, kept in `test/schemas`, finds. */
function problems(schema: string, value: unknown): unknown {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(ROOT, 'test', 'schemas', schema), 'utf8')) as object);
  validate(value);
  return validate.errors ?? [];
}

/** Width, height and colour type (6 = with transparency) of a PNG. */
const pngHeader = (content: Buffer | undefined) => ({
  signature: content?.toString('latin1', 1, 4),
  width: content?.readUInt32BE(16),
  height: content?.readUInt32BE(20),
  colorType: content?.[25],
});

/** Alpha of each pixel of a PNG whose rows are unfiltered; the colours of the pixels that show. */
function pixels(content: Buffer): { alpha: number; color: string }[] {
  const size = content.readUInt32BE(16);
  const start = content.indexOf('IDAT') + 4;
  const data = inflateSyncAt(content, start);
  return Array.from({ length: size * size }, (_, index) => {
    const at = Math.floor(index / size) * (size * 4 + 1) + 1 + (index % size) * 4;
    return { alpha: data[at + 3] ?? 0, color: data.subarray(at, at + 3).toString('hex') };
  });
}

const inflateSyncAt = (content: Buffer, start: number): Buffer => inflateRawSync(content.subarray(start + 2));

describe('Teams app package', () => {
  it('has a manifest that the published schema accepts', () => {
    expect(problems('MicrosoftTeams.schema.json', manifest)).toEqual([]);
  });

  it('is checked by a schema that refuses a wrong manifest', () => {
    expect(problems('MicrosoftTeams.schema.json', { ...manifest, id: 'no guid' })).not.toEqual([]);
  });

  it.each(LANGUAGES)('has a localization file for %s that the published schema accepts', (language) => {
    expect(problems('MicrosoftTeams.Localization.schema.json', parsed(`localization/${language}.json`))).toEqual([]);
  });

  it('is filled in: ids, version, no placeholder left', () => {
    expect([manifest.id, manifest.bots[0].botId, manifest.version]).toEqual([SETTINGS.appId, SETTINGS.appId, '1.2.3']);
    expect([...files.values()].some((content) => content.includes('${{'))).toBe(false);
  });

  it('names every file that the manifest speaks of', () => {
    const { icons, localizationInfo } = manifest;
    const named = [
      icons.color,
      icons.outline,
      localizationInfo.defaultLanguageFile,
      ...localizationInfo.additionalLanguages.map(({ file }) => file),
    ];
    expect(named.filter((name) => !files.has(name))).toEqual([]);
    expect(files.size).toBe(named.length + 1);
  });

  it('says in English what the manifest says', () => {
    const { name, description, bots } = manifest;
    expect(parsed('localization/en.json')).toMatchObject({
      'name.short': name.short,
      'name.full': name.full,
      'description.short': description.short,
      'description.full': description.full,
      'bots[0].commandLists[0].commands[0].title': bots[0].commandLists[0].commands[0].title,
    });
  });

  it.each(LANGUAGES)('has at most twelve commands with titles of their own in %s', (language) => {
    const titles = COMMANDS.map((command) => commandTitle(language, command));
    expect(titles.length).toBeLessThanOrEqual(12);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.every((title) => title.length > 0 && title.length <= 32)).toBe(true);
  });

  it('has icons of the sizes that Teams asks for', () => {
    expect(pngHeader(files.get('color.png'))).toEqual({ signature: 'PNG', width: 192, height: 192, colorType: 6 });
    expect(pngHeader(files.get('outline.png'))).toEqual({ signature: 'PNG', width: 32, height: 32, colorType: 6 });
  });

  it('has an outline icon in white alone on nothing', () => {
    const all = pixels(files.get('outline.png') ?? Buffer.alloc(0));
    const shown = all.filter(({ alpha }) => alpha > 0);
    expect(new Set(shown.map(({ color }) => color))).toEqual(new Set(['ffffff']));
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.length).toBeLessThan(all.length / 2);
  });

  it('is the same zip every time, with all files in its root', async () => {
    const zip = await packageApp(SETTINGS);
    expect(await packageApp(SETTINGS)).toEqual(zip);
    expect(zip.readUInt32LE(0)).toBe(0x04034b50);
    expect([...files.keys()].filter((name) => !zip.includes(name))).toEqual([]);
  });
});
