/** Pixels a card 320 px wide leaves for buttons inside a tinted part of it; letters as Teams draws them. */
const LINE_WIDTH = 262;
const BUTTON_MARGINS = 14;
const BETWEEN = 20;
const LETTER = 7.5;
const WIDE_LETTER = 14;

interface Titled {
  readonly title?: unknown;
}

const widthOf = ({ title }: Titled): number => {
  const text = typeof title === 'string' ? title : '';
  let width = BUTTON_MARGINS;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.codePointAt(index) ?? 0;
    width += sign >= 0x1100 && isWide(sign) ? WIDE_LETTER : LETTER;
    index += sign > 0xffff ? 1 : 0;
  }
  return width;
};

/** Hangul, Han, kana and full-width signs. */
const isWide = (sign: number): boolean =>
  sign <= 0x11ff ||
  (sign >= 0x2e80 && sign <= 0x9fff) ||
  (sign >= 0xac00 && sign <= 0xd7af) ||
  (sign >= 0xf900 && sign <= 0xfaff) ||
  (sign >= 0xff00 && sign <= 0xff60);

/** The buttons of each line, in order; a line holds one at least. */
function linesOf<T extends Titled>(actions: readonly T[]): T[][] {
  const lines: T[][] = [];
  let used = Infinity;
  for (const action of actions) {
    const width = widthOf(action);
    const line = lines.at(-1);
    if (line && used + BETWEEN + width <= LINE_WIDTH) {
      line.push(action);
      used += BETWEEN + width;
    } else {
      lines.push([action]);
      used = width;
    }
  }
  return lines;
}

/**
 * Buttons side by side that would not fit a phone go on lines of their own: clients cut off what sticks out at the side.
 * @returns the elements, and those that replace some.
 */
function brokenUp(elements: readonly unknown[]): unknown[] {
  const lines: unknown[] = [];
  for (const element of elements) {
    const node = element as { readonly type?: unknown; readonly actions?: unknown };
    if (typeof element !== 'object' || element === null) {
      lines.push(element);
    } else if (node.type !== 'ActionSet' || !Array.isArray(node.actions)) {
      lines.push(withButtonLines(element));
    } else {
      const [first = [], ...more] = linesOf(node.actions as Titled[]);
      lines.push({ ...node, actions: first }, ...more.map((actions) => ({ type: 'ActionSet', actions })));
    }
  }
  return lines;
}

/** A card, container or column with the buttons in it on as many lines as a narrow chat needs. */
export function withButtonLines<Node extends object>(node: Node): Node {
  const { body, items, columns } = node as Readonly<Record<'body' | 'items' | 'columns', unknown>>;
  if (!Array.isArray(body) && !Array.isArray(items) && !Array.isArray(columns)) {
    return node;
  }
  return {
    ...node,
    ...(Array.isArray(body) && { body: brokenUp(body) }),
    ...(Array.isArray(items) && { items: brokenUp(items) }),
    ...(Array.isArray(columns) && { columns: columns.map((one: object) => withButtonLines(one)) }),
  };
}
