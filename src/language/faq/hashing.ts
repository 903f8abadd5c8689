const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a: goes on with a hash over a part of a text; without cutting it out, for a question has thousands of parts. */
export function hashed(hash: number, text: string, start = 0, end = text.length): number {
  let result = hash;
  for (let index = start; index < end; index += 1) {
    result = Math.imul(result ^ text.charCodeAt(index), FNV_PRIME);
  }
  return result;
}

/** A hash behind which a kind's or a part's texts are told from others: with a sign no text has. */
export const ended = (hash: number): number => Math.imul(hash ^ 0x1f, FNV_PRIME);

/** The hash with which those of a kind of feature go on. */
export const hashOfKind = (name: string): number => ended(hashed(FNV_START, name));
