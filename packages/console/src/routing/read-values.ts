/** `name = value` a line, as a customer would send them; empty lines count for nothing. Lines from 1. */
export function readValues(
  text: string,
): { values: Record<string, string> } | { wrongLine: number } {
  const values: Record<string, string> = {};
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const sign = line.indexOf('=');
    const name = line.slice(0, Math.max(0, sign)).trim();
    if (name === '') return { wrongLine: at + 1 };
    values[name] = line.slice(sign + 1).trim();
  }
  return { values };
}
