/** What a template is bound to where an expression stands: the card's data, or an entry of a list in it. */
export type Scope = unknown;
type Read = (scope: Scope) => unknown;
type Test = (scope: Scope) => boolean;

const EXPRESSION = /\$\{([^}]*)\}/g;
const PATH = /^[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)*$/;
const COMPARISON = /^(\S+) (==|!=) '([^'\\]*)'$/;
const COUNT = /^count\((\S+)\) > 0$/;

/**
 * A text of a template as a function of its scope. A text that is nothing but one expression keeps the value's type; a
 * value that is missing stays as it is written, `${name}`.
 * @throws SyntaxError for what our templates do not use of the templating language.
 */
export function boundText(text: string): Read {
  const found = [...text.matchAll(EXPRESSION)];
  const [only] = found;
  if (only?.[1] === undefined) {
    return refuseOdd(text, () => text);
  }
  if (only[0] === text) {
    return orAsWritten(only[1]);
  }
  const literals = text.split(EXPRESSION).map((part, index) => (index % 2 === 0 ? () => part : orAsWritten(part)));
  return refuseOdd(text.replace(EXPRESSION, ''), (scope) => literals.map((part) => String(part(scope))).join(''));
}

/** A condition of a template (`$when`). Only `true` is true. @throws SyntaxError as `boundText`. */
export function condition(text: string): Test {
  const [, expression] = /^\$\{([^}]*)\}$/.exec(text) ?? [];
  if (expression === undefined) {
    throw new SyntaxError(`"${text}" is no condition`);
  }
  const tests = expression.split(' && ').map(testOf);
  return (scope) => tests.every((test) => test(scope));
}

function testOf(expression: string): Test {
  const [, compared, operator, literal] = COMPARISON.exec(expression) ?? [];
  if (compared !== undefined) {
    const read = reading(compared);
    return operator === '==' ? (scope) => read(scope) === literal : (scope) => read(scope) !== literal;
  }
  const [, counted] = COUNT.exec(expression) ?? [];
  if (counted !== undefined) {
    const read = reading(counted);
    return (scope) => {
      const value = read(scope);
      return (Array.isArray(value) || typeof value === 'string') && value.length > 0;
    };
  }
  const read = reading(expression);
  return (scope) => read(scope) === true;
}

function orAsWritten(path: string): Read {
  const read = reading(path);
  const written = `\${${path}}`;
  return (scope) => {
    const value = read(scope);
    return value === undefined ? written : value;
  };
}

/** Own properties only: no data has another's `constructor`. */
function reading(path: string): Read {
  if (!PATH.test(path)) {
    throw new SyntaxError(`"${path}" is no expression that our templates use`);
  }
  const names = path.split('.');
  const [first = ''] = names;
  return names.length === 1
    ? (scope) => propertyOf(scope, first)
    : (scope) => names.reduce((value, name) => propertyOf(value, name), scope);
}

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

function refuseOdd(literal: string, bound: Read): Read {
  if (literal.includes('${') || literal.includes('\\')) {
    throw new SyntaxError(`"${literal}" has an expression that our templates do not use`);
  }
  return bound;
}
