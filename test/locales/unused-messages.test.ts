import { catalog, type MessageKey } from '../../src/locales/catalog';
import { filesIn } from '../architecture/source-files';

const keys = Object.keys(catalog('en')) as MessageKey[];

describe('catalogs', () => {
  it('holds no message that nobody says', () => {
    const code = filesIn('src', '.ts')
      .map(({ text }) => text)
      .join('\n');
    const prefixes = [...code.matchAll(/`([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/gi)].map(([, prefix]) => prefix ?? '');
    const said = (key: string): boolean =>
      code.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix));
    expect(keys.filter((key) => !said(key))).toEqual([]);
  });
});
