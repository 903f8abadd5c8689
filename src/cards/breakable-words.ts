/** Letters in a row that fit a row of a narrow card; a client lets longer words stick out, for text runs do not break words. */
const LONG_WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]{25,}/gu;
const PIECE = /.{12}(?=.{4})/gu;
/** Zero-width space: nothing is seen of it but that a line may end there. */
const BREAK = '\u200b';

const breakable = (text: string): string =>
  text.replace(LONG_WORD, (word) => word.replace(PIECE, (piece) => `${piece}${BREAK}`));

interface Node {
  readonly type?: unknown;
  text?: unknown;
}

/** Lets the longest words of a card's text runs (customers' names) break at the end of a line. Changes the card in place. */
export function breakLongWords<Card extends object>(card: Card): Card {
  Object.values(card).forEach((value: unknown) => {
    if (typeof value === 'object' && value !== null) {
      breakLongWords(value);
    }
  });
  const node: Node = card;
  if (node.type === 'TextRun' && typeof node.text === 'string') {
    node.text = breakable(node.text);
  }
  return card;
}
