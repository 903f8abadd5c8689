/** All strings of a card, wherever they stand, as they are read: where a long word may break is not seen. */
export function stringsOf(node: unknown): string[] {
  if (typeof node === 'string') {
    return [node.replaceAll('\u200b', '')];
  }
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(stringsOf) : [];
}
