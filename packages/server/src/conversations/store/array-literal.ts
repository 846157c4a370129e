const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;

/**
 * An array in PostgreSQL's text form, every element quoted (PostgreSQL manual §8.15.6). Written by hand because
 * the driver's own takes each element through several calls, on the hottest path of a node.
 */
export function arrayLiteral<T>(items: readonly T[], textOf: (item: T) => string | null): string {
  let literal = '{';
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const text = item === undefined ? null : textOf(item);
    if (index > 0) literal += ',';
    if (text === null) literal += 'NULL';
    else literal += `"${NEEDS_ESCAPE.test(text) ? text.replace(ESCAPED, '\\$&') : text}"`;
  }
  return `${literal}}`;
}
