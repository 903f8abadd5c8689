import { boundText, condition, type Scope } from './expression';

/** A part of a template, ready to be bound: the value, `DROPPED`, or what takes its place in a list. */
type Part = (scope: Scope) => unknown;

/** Words of the templating language that are no properties of a card. */
const DATA = '$data';
const WHEN = '$when';

/**
 * Compiles a template in the language of `adaptivecards-templating`, as far as ours use it: `${path}`, `$data`, and
 * `$when` with `==`, `!=`, `count(…) > 0` and `&&`. A test holds it against Microsoft's library for every template; that
 * one reads each expression anew for each element and took a fifth of the CPU of a help turn, and half of its garbage.
 * @returns the card for some data; data is bound, never expanded: `${…}` in a user's text stays text.
 * @throws SyntaxError when the template uses anything else.
 */
export function compileTemplate(template: object): (data: object) => unknown {
  return compiled(template);
}

function compiled(node: unknown): Part {
  if (typeof node === 'string') {
    return boundText(node);
  }
  if (Array.isArray(node)) {
    return listOf(node.map(compiled));
  }
  return typeof node === 'object' && node !== null ? elementOf(node as Readonly<Record<string, unknown>>) : () => node;
}

/** What is repeated stands in its place; what is left out, or bound to nothing, does not stand there. */
function listOf(parts: readonly Part[]): Part {
  return (scope) => {
    const list: unknown[] = [];
    for (const part of parts) {
      const value = part(scope);
      if (Array.isArray(value)) {
        list.push(...(value as unknown[]));
      } else if (value !== null) {
        list.push(value);
      }
    }
    return list;
  };
}

/** One element: as often as its data has entries, and where its condition holds; null where that is never. */
function elementOf(node: Readonly<Record<string, unknown>>): Part {
  const { [DATA]: data, [WHEN]: when } = node;
  const isWanted = when === undefined ? undefined : condition(textOf(when));
  const object = objectOf(Object.entries(node).filter(([name]) => name !== DATA && name !== WHEN));
  const one: Part = (scope) => (isWanted === undefined || isWanted(scope) ? object(scope) : null);
  if (data === undefined) {
    return one;
  }
  const entriesOf = boundText(textOf(data));
  return (scope) => {
    const entries = entriesOf(scope);
    if (!Array.isArray(entries)) {
      return one(entries);
    }
    const elements = entries.map(one).filter((element) => element !== null);
    return elements.length > 1 ? elements : (elements[0] ?? null);
  };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') {
    throw new SyntaxError(`${DATA} and ${WHEN} are expressions`);
  }
  return value;
}

function objectOf(properties: readonly (readonly [string, unknown])[]): Part {
  const parts = properties.map(([name, value]) => [name, compiled(value)] as const);
  return (scope) => {
    const object: Record<string, unknown> = {};
    for (const [name, part] of parts) {
      const value = part(scope);
      if (value !== undefined) {
        object[name] = value;
      }
    }
    return object;
  };
}
