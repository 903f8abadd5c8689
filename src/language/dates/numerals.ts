/** A run of hanzi or kanji numerals as a number: 二十一 → 21, 二〇二七 → 2027. @returns undefined when it is none. */
export function readNumerals(run: string, numerals: Readonly<Record<string, number>>): number | undefined {
  const values = Array.from(run, (character) => numerals[character] ?? 0);
  if (values.every((value) => value < 10)) {
    return run.length === 1 || run.length === 4 ? Number(values.join('')) : undefined;
  }
  let total = 0;
  let pending: number | undefined;
  for (const value of values) {
    if (value < 10) {
      if (pending !== undefined) {
        return undefined;
      }
      pending = value === 0 ? undefined : value;
    } else {
      // 廿 and 卅 are 20 and 30 of themselves; 十, 百, 千 multiply what stands before.
      const multiplies = value === 10 || value >= 100;
      total += multiplies ? (pending ?? 1) * value : value;
      pending = undefined;
    }
  }
  return total + (pending ?? 0);
}
