/** Pixels a card 320 px wide leaves for buttons inside a tinted part of it; letters as Teams draws them. */
const LINE_WIDTH = 262;
const BUTTON_MARGINS = 14;
const BETWEEN = 20;
const LETTER = 7.5;
const WIDE_LETTER = 14;

interface Titled {
  readonly title?: unknown;
}

const widthOf = ({ title }: Titled): number =>
  [...(typeof title === 'string' ? title : '')].reduce(
    (sum, sign) =>
      sum + (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u.test(sign) ? WIDE_LETTER : LETTER),
    BUTTON_MARGINS,
  );

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
 * @returns the element, or the elements that replace it.
 */
function brokenUp(element: unknown): unknown[] {
  if (typeof element !== 'object' || element === null) {
    return [element];
  }
  const node = element as { readonly type?: unknown; readonly actions?: unknown };
  if (node.type !== 'ActionSet' || !Array.isArray(node.actions)) {
    return [withButtonLines(node)];
  }
  const [first = [], ...more] = linesOf(node.actions as Titled[]);
  const further = more.map((actions) => ({ type: 'ActionSet', actions }));
  return [{ ...node, actions: first }, ...further];
}

/** A card, container or column with the buttons in it on as many lines as a narrow chat needs. */
export function withButtonLines<Node extends object>(node: Node): Node {
  const broken = Object.entries(node).map(([key, value]: [string, unknown]) => {
    const isElements = (key === 'body' || key === 'items') && Array.isArray(value);
    const isColumns = key === 'columns' && Array.isArray(value);
    return [
      key,
      isElements ? value.flatMap(brokenUp) : isColumns ? value.map((one: object) => withButtonLines(one)) : value,
    ];
  });
  return Object.fromEntries(broken) as Node;
}
