import { isOneSlip, reading, type DateLexicon, type DateLocale, type WordMeaning } from './date-lexicon';
import { hasKind, type DateToken } from './date-token';
import { readNumber, readNumeralRun } from './read-numbers';

/** A sentence is far shorter; what is longer is a paste. */
const MAX_TOKENS = 600;
const LONGEST_FUZZY = 15;
const SPACE = 32;
const ERA_DATE = /([a-z])(\d{1,2})([./-])(\d{1,2})\3(\d{1,2})(?![\d./-])/y;
const WORD = [reading('w', 0)];
const MARK = [reading('p', 0)];
const HIDDEN = [reading('x', 0)];

export interface TokenContext {
  readonly lexicon: DateLexicon;
  readonly locale: DateLocale;
  /** Everyday words that may be date words are left out, unless day and year stand beside: the sentence is in another language. */
  readonly foreign: boolean;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === 0x3000 || (code >= 9 && code <= 13);
}

/** Kana, kanji and the like: anything that is neither ASCII nor a known mark. */
function isWordCharacter(code: number): boolean {
  return code > 0x2e7f && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff0f);
}

interface Found {
  readonly meaning: WordMeaning;
  readonly end: number;
}

/** The longest word of the lexicon at `at`; in alphabets it must end where a word ends. */
function longestWord(text: string, at: number, { words }: DateLexicon): Found | undefined {
  const second = text.charCodeAt(at + 1);
  const tree = words.beginningWith(text.charCodeAt(at), isSpace(second) ? SPACE : second);
  if (tree === undefined) {
    return undefined;
  }
  let node: number | undefined = tree.root;
  let found: Found | undefined;
  for (let index = at; index < text.length;) {
    const code = text.charCodeAt(index);
    node = tree.next(node, isSpace(code) ? SPACE : code);
    if (node === undefined) {
      break;
    }
    index += 1;
    while (isSpace(code) && isSpace(text.charCodeAt(index))) {
      index += 1;
    }
    const inWord = isLetter(code) && isLetter(text.charCodeAt(index));
    const meaning = inWord ? undefined : tree.at(node);
    if (meaning) {
      found = { meaning, end: index };
    }
  }
  return found;
}

function meaningOf(word: string, lexicon: DateLexicon): WordMeaning | undefined {
  if (word.length < 5 || word.length > LONGEST_FUZZY || lexicon.notTypos.has(word)) {
    return undefined;
  }
  return lexicon.fuzzy(word.charAt(0)).find((entry) => isOneSlip(word, entry.word))?.meaning;
}

/** A word of an alphabet; one character of other scripts, in another language all up to the next it knows. */
function wordEnd(text: string, at: number, { lexicon, locale, foreign }: TokenContext): number {
  const inWord = isLetter(text.charCodeAt(at)) ? isLetter : isWordCharacter;
  const isUnknown = (index: number): boolean =>
    locale.numerals[text.charAt(index)] === undefined &&
    lexicon.words.beginningWith(text.charCodeAt(index), text.charCodeAt(index + 1)) === undefined;
  let end = at + 1;
  while (end < text.length && inWord(text.charCodeAt(end)) && (inWord === isLetter || (foreign && isUnknown(end)))) {
    end += 1;
  }
  return end;
}

const DAY_BEFORE = /\d(?:st|nd|rd|th)?[ .]*(?:of )?$/;
const YEAR_BEHIND = /^[ .,]*20\d\d(?!\d)/;
const DAY_AND_YEAR_BEHIND = /^[ .]*\d{1,2}(?:st|nd|rd|th)?[ ,]+20\d\d(?!\d)/;

/** "3 March 2027", "May 3, 2027": no everyday word stands there. */
function isInFullDate(text: string, start: number, end: number): boolean {
  const behind = text.slice(end, end + 12);
  return (
    (YEAR_BEHIND.test(behind) && DAY_BEFORE.test(text.slice(Math.max(0, start - 9), start))) ||
    DAY_AND_YEAR_BEHIND.test(behind)
  );
}

function readWord(text: string, at: number, context: TokenContext): DateToken[] {
  const numerals = readNumeralRun(text, at, context.locale);
  const found = longestWord(text, at, context.lexicon);
  if (numerals && (!found || found.end < numerals.end)) {
    return [numerals];
  }
  const end = found?.end ?? wordEnd(text, at, context);
  const meaning = found?.meaning ?? (context.foreign ? undefined : meaningOf(text.slice(at, end), context.lexicon));
  if (!meaning) {
    const code = text.charCodeAt(at);
    return [{ start: at, end, readings: isLetter(code) || isWordCharacter(code) ? WORD : MARK, numeric: undefined }];
  }
  const isEveryday = context.foreign && !isInFullDate(text, at, end);
  const tokens = meaning.map((all) => {
    const readings = isEveryday ? all.filter((one) => !one.weak) : all;
    return { start: at, end, readings: readings.length > 0 ? readings : WORD, numeric: undefined };
  });
  // A numeral that is a word as well ("一" in a set phrase) keeps both readings.
  const [first] = tokens;
  return numerals && first && tokens.length === 1 && numerals.end === end
    ? [{ ...first, readings: [...first.readings, ...numerals.readings] }]
    : tokens;
}

/** "3x", "E5", "v2", "4k": digits that belong to a name or a count; known words may touch ("4dez", "q2"). */
function hideNamed(tokens: readonly DateToken[], text: string): DateToken[] {
  return tokens.map((token, index) => {
    if (!isDigit(text.charCodeAt(token.start))) {
      return token;
    }
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    const named =
      (before?.end === token.start && isLetter(text.charCodeAt(token.start - 1)) && hasKind(before, 'w')) ||
      (after?.start === token.end &&
        isLetter(text.charCodeAt(token.end)) &&
        (hasKind(after, 'w') || hasKind(after, 'glue'))) ||
      (hasKind(before, 'idword') && !hasKind(after, 'unit')) ||
      hasKind(after, 'clock') ||
      text.charAt(token.end) === '%';
    return named ? { ...token, readings: HIDDEN, numeric: undefined } : token;
  });
}

/** "24/7", "2ª feira": digits that the lexicon knows, and no more digits behind them. */
function isSetPhrase(text: string, at: number, lexicon: DateLexicon): boolean {
  const found = longestWord(text, at, lexicon);
  return found !== undefined && !/^[./-]?\d/.test(text.slice(found.end, found.end + 2));
}

/** "Oct '27". */
function readShortYear(text: string, at: number): DateToken | undefined {
  const digits =
    text.charAt(at) === "'" ? /^\d{2}(?![\da-z]|[./-]\d)/.exec(text.slice(at + 1, at + 5))?.[0] : undefined;
  return digits === undefined
    ? undefined
    : { start: at, end: at + 3, readings: [reading('yyyy', 2000 + Number(digits))], numeric: undefined };
}

/** "R10.1.11": the year of an era in short. */
function readEraDate(text: string, at: number, { lexicon }: TokenContext): DateToken | undefined {
  ERA_DATE.lastIndex = at;
  const [all = '', name = '', year = '', , month = '', day = ''] = ERA_DATE.exec(text) ?? [];
  const era = name === '' ? undefined : longestWord(name, 0, lexicon)?.meaning[0]?.find((one) => one.kind === 'era');
  const parts = [String((era?.number ?? 0) + Number(year)), month, day];
  return era && Number(month) <= 12
    ? { start: at, end: at + all.length, readings: [reading('numdate', 3)], numeric: { parts, separator: '.' } }
    : undefined;
}

/** Splits a folded sentence into what patterns are made of. */
export function readTokens(text: string, context: TokenContext): DateToken[] {
  const tokens: DateToken[] = [];
  for (let at = 0; at < text.length && tokens.length < MAX_TOKENS;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
      continue;
    }
    const year = readShortYear(text, at);
    if (year) {
      tokens.push(year);
      at = year.end;
      continue;
    }
    const era = context.foreign || !isDigit(text.charCodeAt(at + 1)) ? undefined : readEraDate(text, at, context);
    if (era && !hasKind(tokens.at(-1), 'idword')) {
      tokens.push(era);
      at = era.end;
      continue;
    }
    const number = isDigit(code) && !isSetPhrase(text, at, context.lexicon);
    const read = number ? [readNumber(text, at, context.locale)] : readWord(text, at, context);
    tokens.push(...read);
    at = read[read.length - 1]?.end ?? at + 1;
  }
  return hideNamed(tokens, text);
}
