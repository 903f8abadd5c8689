/** All strings of a card, wherever they stand. */
export function stringsOf(node: unknown): string[] {
  if (typeof node === 'string') {
    return [node];
  }
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(stringsOf) : [];
}
