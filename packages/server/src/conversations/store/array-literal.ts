const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;

/**
 * An array in PostgreSQL's text form, texts quoted (PostgreSQL manual §8.15.6). Written by hand because the
 * driver's own takes each element through several calls, on the hottest path of a node.
 */
export function arrayLiteral<T>(
  items: readonly T[],
  elementOf: (item: T) => string | number | null,
): string {
  let literal = '{';
  let separator = '';
  for (const item of items) {
    const element = elementOf(item);
    literal += separator;
    separator = ',';
    if (element === null) literal += 'NULL';
    else if (typeof element === 'number') literal += element;
    else literal += `"${NEEDS_ESCAPE.test(element) ? element.replace(ESCAPED, '\\$&') : element}"`;
  }
  return `${literal}}`;
}
