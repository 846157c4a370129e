import { type ConfigurationFault, ConfigurationFile } from '@countersign/protocol';
import { checkShape } from './check-shape.ts';
import { readSecret, type SecretReaders } from './read-secret.ts';
import { readSyntax } from './syntax.ts';

/**
 * Puts secrets in the place of `{ env }` and `{ file }`, for a file that another machine will read.
 * Every other line stays where it is, so that the faults that machine finds name the right ones.
 */
export function inlineSecrets(
  text: string,
  readers: SecretReaders,
): { text: string } | { faults: ConfigurationFault[] } {
  const { document, faults } = readSyntax(text);
  const found = new Map<number, { end: number; secret: string }>();
  if (document) {
    checkShape(document, ConfigurationFile, faults, (source, node) => {
      const result = readSecret(source, readers);
      const [start, end] = node.range ?? [];
      if (typeof source === 'string' || start === undefined || end === undefined) return result;
      if ('secret' in result) found.set(start, { end, secret: result.secret });
      return result;
    });
  }
  const all = faults.all();
  if (all.length > 0) return { faults: all };
  return { text: replace(text, found) };
}

function replace(text: string, found: Map<number, { end: number; secret: string }>): string {
  let result = text;
  const lastFirst = [...found].toSorted(([a], [b]) => b - a);
  for (const [start, { end, secret }] of lastFirst) {
    const lines = text.slice(start, end).split('\n').length - 1;
    result = `${result.slice(0, start)}${quoted(secret)}${'\n'.repeat(lines)}${result.slice(end)}`;
  }
  return result;
}

/** JSON is YAML 1.2; these three are line breaks to some readers of it. */
const quoted = (secret: string): string =>
  JSON.stringify(secret).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
