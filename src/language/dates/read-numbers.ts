import { reading, type DateLocale, type WordReading } from './date-lexicon';
import type { DateToken, NumericDate } from './date-token';
import { readNumerals } from './numerals';

// Each pattern is anchored (sticky) and its repetitions are bounded: none can backtrack over the text.
const TIME = /\d{1,2}(?::\d{2}){1,2}|\d{1,2}h\d{2}(?![a-z\d])/y;
const GROUPED = /\d{1,3}(?:[.,]\d{3}){1,4}(?![\d])/y;
const THREE_PARTS =
  /(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)|(\d{4})([./-])(\d{1,2})\6(\d{1,2})(?!\d)|(\d{2})([./-])(\d{1,2})\10(\d{1,2})(?!\d)/y;
const DOTTED = /(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2})(?![\d.:]))?(?!\d)/y;
const YEAR_MONTH = /(\d{4})([./-])(\d{1,2})(?!\d)|(\d{1,2})([./-])(\d{4})(?!\d)/y;
const TWO_PARTS = /(\d{1,2})([./-])(\d{1,2})(?!\d)/y;
const ORDINAL_MONTH = /(\d{1,2})[ºo]([/])(\d{1,2})(?:\/(\d{4}|\d{2}))?(?!\d)/y;
const COMPACT = /(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)/y;
const DECIMAL = /\d+[.,]\d+/y;
const DIGITS = /\d{1,9}/y;
const MAX_PLAIN = 999;
const COMPACT_LENGTH = 8;
const MARKS = './-:,hºo';

interface Scan {
  readonly text: string;
  readonly at: number;
}

function match(pattern: RegExp, scan: Scan): string[] | undefined {
  pattern.lastIndex = scan.at;
  return pattern.exec(scan.text)?.filter((group) => (group as string | undefined) !== undefined);
}

function token(scan: Scan, length: number, readings: readonly WordReading[], numeric?: NumericDate): DateToken {
  return { start: scan.at, end: scan.at + length, readings, numeric };
}

/** A number that is no date and hides its digits from every pattern. */
function opaque(scan: Scan, length: number): DateToken {
  return token(scan, length, [reading('x', 0)]);
}

/** `10.1.2.3`, `1.2.3-4`, `2.1.0`: more parts than a date has. */
function continues(scan: Scan, length: number): boolean {
  return /^[./-]\d/.test(scan.text.slice(scan.at + length, scan.at + length + 2));
}

/** "08-01" and "25-11" may be dates; "2-3" and "10-12" are from one number to another. */
function isHyphenDate(a: string, b: string): boolean {
  const small = Math.min(Number(a), Number(b));
  const twoDigits = a.length === 2 && b.length === 2;
  return twoDigits && small <= 12 && (a.startsWith('0') || b.startsWith('0') || Math.max(Number(a), Number(b)) > 12);
}

function readNumericDate(scan: Scan): DateToken | undefined {
  const compact = match(COMPACT, scan);
  if (compact) {
    return token(scan, 8, [reading('numdate', 3)], { parts: compact.slice(1), separator: '-' });
  }
  const ordinal = match(ORDINAL_MONTH, scan);
  if (ordinal) {
    const [all = '', day = '', separator = '', ...rest] = ordinal;
    return token(scan, all.length, [reading('numdate', 1 + rest.length)], { parts: [day, ...rest], separator });
  }
  const three = match(THREE_PARTS, scan);
  if (three) {
    const [all = '', a = '', separator = '', b = '', c = ''] = three;
    return continues(scan, all.length)
      ? opaque(scan, all.length)
      : token(scan, all.length, [reading('numdate', 3)], { parts: [a, b, c], separator });
  }
  const dotted = match(DOTTED, scan);
  if (dotted) {
    const [all = '', ...parts] = dotted;
    return token(scan, all.length, [reading('numdate', parts.length)], { parts, separator: '. ' });
  }
  // "Mar-15-2027": the rest of a date that began with a name.
  const rest = scan.text.charAt(scan.at - 1) === '-';
  const two = rest ? undefined : (match(YEAR_MONTH, scan) ?? match(TWO_PARTS, scan));
  if (two) {
    const [all = '', a = '', separator = '', b = ''] = two;
    if (separator === '-' && all.length <= 5 && !isHyphenDate(a, b)) {
      return undefined;
    }
    const kind = all.length > 5 || separator === '/' ? 'numdate' : 'numpair';
    return continues(scan, all.length)
      ? opaque(scan, all.length)
      : token(scan, all.length, [reading(kind, 2)], { parts: [a, b], separator });
  }
  return undefined;
}

const MOST_REMEMBERED = 4;
const readingsOf = new Map<string, readonly WordReading[]>();

/** The same few numbers are read in each language of each sentence: those of a day and a year are made once. */
function numberReadings(digits: string): readonly WordReading[] {
  const known = readingsOf.get(digits);
  if (known !== undefined) {
    return known;
  }
  const readings = newReadings(digits);
  if (digits.length <= MOST_REMEMBERED) {
    readingsOf.set(digits, readings);
  }
  return readings;
}

function newReadings(digits: string): WordReading[] {
  const value = Number(digits);
  const found = value <= MAX_PLAIN ? [reading('num', value)] : [];
  if (digits.length <= 2) {
    found.push(reading('dd', value));
  }
  if (digits.length === 2) {
    found.push(reading('yy', value));
  }
  if (digits.length === 4 && value >= 1900 && value < 2200) {
    found.push(reading('yyyy', value));
  }
  return found;
}

function ordinalSuffix(scan: Scan, length: number, suffixes: readonly string[]): string | undefined {
  const behind = scan.text.slice(scan.at + length, scan.at + length + 4);
  return suffixes.find(
    (one) => behind.startsWith(one) && !(one === '.' ? /^\d/ : /^[a-z\d]/).test(behind.slice(one.length)),
  );
}

function readPlainNumber(scan: Scan, locale: DateLocale): DateToken {
  const digits = match(DIGITS, scan)?.[0] ?? '';
  const readings = numberReadings(digits);
  if (digits.length <= 2) {
    const strong = ordinalSuffix(scan, digits.length, locale.ordinalSuffixes.strong);
    const suffix = strong ?? ordinalSuffix(scan, digits.length, locale.ordinalSuffixes.weak);
    if (suffix !== undefined) {
      const ordinal = reading('ord', Number(digits), strong === undefined);
      // "5." may be an ordinal or the end of a sentence: the number keeps its other readings.
      return token(scan, digits.length + suffix.length, suffix === '.' ? [ordinal, ...readings] : [ordinal]);
    }
  }
  return readings.length > 0 ? token(scan, digits.length, readings) : opaque(scan, digits.length);
}

/** The number, numeric date, time of day or figure that starts at `at`, which is a digit. */
export function readNumber(text: string, at: number, locale: DateLocale): DateToken {
  const scan = { text, at };
  const digits = match(DIGITS, scan)?.[0]?.length ?? 0;
  // Most numbers stand alone: only what has a mark behind it can be more, unless a name begins there ("Q2/27").
  const named = /[a-z]/.test(text.charAt(at - 1));
  if (digits < COMPACT_LENGTH && (named || !MARKS.includes(text.charAt(at + digits) || ' '))) {
    return readPlainNumber(scan, locale);
  }
  const noDate = match(TIME, scan);
  if (noDate) {
    return opaque(scan, noDate[0]?.length ?? 1);
  }
  const grouped = match(GROUPED, scan);
  if (grouped && !match(THREE_PARTS, scan) && !match(YEAR_MONTH, scan)) {
    return opaque(scan, grouped[0]?.length ?? 1);
  }
  const date = readNumericDate(scan);
  if (date) {
    return date;
  }
  const decimal = match(DECIMAL, scan);
  return decimal ? opaque(scan, decimal[0]?.length ?? 1) : readPlainNumber(scan, locale);
}

/** "一两" in "一两周", "三四" in "三四天": about so many, which is no number. "第三四半期" is one. */
function isAboutCount(run: string, before: string, numerals: DateLocale['numerals']): boolean {
  const [first = '', second = '', more] = Array.from(run);
  const [a = 0, b = 0] = [numerals[first], numerals[second]];
  return more === undefined && before !== '第' && a > 0 && b === a + 1 && b < 10;
}

/** The number written in characters that starts at `at`, if any. */
export function readNumeralRun(text: string, at: number, locale: DateLocale): DateToken | undefined {
  let end = at;
  while (end < text.length && end - at < 8 && locale.numerals[text.charAt(end)] !== undefined) {
    end += 1;
  }
  if (end === at) {
    return undefined;
  }
  let value = readNumerals(text.slice(at, end), locale.numerals);
  if (value === undefined && isAboutCount(text.slice(at, end), text.charAt(at - 1), locale.numerals)) {
    return opaque({ text, at }, end - at);
  }
  if (value === undefined) {
    // "第二四半期": two numbers side by side.
    end = at + 1;
    value = readNumerals(text.slice(at, end), locale.numerals);
  }
  return value === undefined ? undefined : token({ text, at }, end - at, numberReadings(String(value)));
}
