/** Bit set of the letters in a word; words that differ in many letters need no exact comparison. */
export function letterMask(word: string): number {
  let mask = 0;
  for (let index = 0; index < word.length; index += 1) {
    mask |= 1 << (word.charCodeAt(index) % 31);
  }
  return mask;
}

function bits(mask: number): number {
  let rest = mask;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
}

/** @returns whether two letter masks allow a distance of at most `limit`. */
export function mayBeNear(a: number, b: number, limit: number): boolean {
  return bits(a ^ b) <= 2 * limit;
}

/**
 * Damerau–Levenshtein distance (adjacent letters swapped = 1).
 * @returns the distance, or `limit + 1` as soon as it is known to be larger.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column += 1) {
      const value = cell({ a, b, row, column, beforeLast, last, current });
      current.push(value);
      best = Math.min(best, value);
    }
    if (best > limit) {
      return limit + 1;
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit + 1;
}

interface Cell {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly column: number;
  readonly beforeLast: readonly number[];
  readonly last: readonly number[];
  readonly current: readonly number[];
}

function cell({ a, b, row, column, beforeLast, last, current }: Cell): number {
  const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1) ? 0 : 1;
  const value = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
  const swapped =
    row > 1 &&
    column > 1 &&
    a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
    a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
  return swapped ? Math.min(value, (beforeLast[column - 2] ?? 0) + 1) : value;
}
