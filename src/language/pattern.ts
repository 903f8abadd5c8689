import { fold } from './fold';
import type { Words } from './words';

/** Stand-ins for what was recognised before the patterns are tried. */
export const PLACEHOLDERS = { customer: '\ue000', workload: '\ue001', when: '\ue002', language: '\ue003' } as const;

const GAP_WITH_SPACES = '[^a-z0-9][^!?\\n]{0,60}?(?<![a-z0-9])';
const GAP_WITHOUT_SPACES = '[^。！？!?\\n]{0,25}?';
const GAP_MARK = '\ue010';
/** Between two words a name may stand: "my upcoming {W} starts". */
const SPACE = "(?:[\\s\\-'/:]|[\ue000\ue001]){1,6}";

function expandGroups(source: string, words: Words): string {
  return source.replace(/<([a-zA-Z]+)>/g, (_, name: string) => `(${words.groups[name] ?? ''})`);
}

function withPlaceholders(source: string): string {
  return source
    .replaceAll('？', '\\?')
    .replaceAll('{C}', PLACEHOLDERS.customer)
    .replaceAll('{W}', PLACEHOLDERS.workload)
    .replaceAll('{D}', PLACEHOLDERS.when)
    .replaceAll('{L}', PLACEHOLDERS.language);
}

function withUmlauts(source: string): string {
  return source.replace(/ä/g, 'ae?').replace(/ö/g, 'oe?').replace(/ü/g, 'ue?');
}

function escapeLiterals(source: string): string {
  return source.replace(/(^|[|^])\?/g, '$1\\?').replace(/\.(?!\*)/g, '\\.');
}

function spaced(source: string): string {
  return source
    .replaceAll(' * ', GAP_MARK)
    .replace(/\)\*/g, '){0,3}')
    .replace(/~/g, '[a-z]*')
    .replace(/ \?/g, `(?:${SPACE})?`)
    .replace(/ (?![^[]*\])/g, SPACE)
    .replaceAll(GAP_MARK, GAP_WITH_SPACES);
}

/**
 * Compiles a pattern of `words.json`. Its language: `(a|b)` choice, `(a)?` option, ` * ` a gap of some words, `~` the rest
 * of a word, `<name>` a group of the same file, `{C}` customer, `{W}` workload, `{D}` date, `{L}` language name, `^` `$`.
 * Gaps are bounded, so that no text takes long. Matches folded text only.
 */
export function compilePattern(source: string, words: Words): RegExp {
  return new RegExp(patternSource(source, words), 'u');
}

/** @returns the regular expression of a pattern as text, see `compilePattern`. */
export function patternSource(source: string, words: Words): string {
  const expanded = expandGroups(expandGroups(source, words), words);
  const plain = escapeLiterals(fold(withUmlauts(withPlaceholders(expanded))).text).replace(/\((?!\?)/g, '(?:');
  if (!words.writesSpaces) {
    return plain
      .replace(/ /g, '')
      .replace(/\*/g, GAP_WITHOUT_SPACES)
      .replace(/~/g, '[a-z]*')
      .replace(/-(?=>)/g, '-');
  }
  const before = /^[a-z0-9(]/.test(plain) ? '(?<![a-z0-9])' : '';
  const after = /[a-z0-9)?]$/.test(plain) ? '(?![a-z0-9])' : '';
  return `${before}${spaced(plain)}${after}`;
}

/** @returns one expression that matches any of the phrases, the longest first. */
export function anyOf(phrases: readonly string[], words: Words, flags = 'gu'): RegExp {
  const sources = [...phrases].sort((a, b) => b.length - a.length).map((phrase) => patternSource(phrase, words));
  return new RegExp(sources.length === 0 ? '(?!)' : sources.map((source) => `(?:${source})`).join('|'), flags);
}
