import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { JsonSchema } from './json-schema.ts';

const FOUND_MAX_LENGTH = 40;

/** What a schema wants, to complete the sentence "expected …". */
export function describeSchema(schema: JsonSchema): string {
  if (schema.expected) return schema.expected;
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return oneOf(schema.enum.map(String));
  switch (schema.type) {
    case 'string':
      return `a text of ${schema.minLength ?? 0} to ${schema.maxLength ?? 'any number of'} characters`;
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${(schema.minItems ?? 0) > 0 ? ` of at least ${schema.minItems}` : ''}`;
    case 'object':
      return `a map with ${Object.keys(schema.properties ?? {}).join(', ')}`;
    default:
      return 'another value';
  }
}

export function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
}

function range({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return '';
}

/** What stands in the file instead; only its kind where it may be a secret. */
export function describeFound(node: Node | null, secret = false): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  if (isAlias(node)) return 'an alias';
  if (!isScalar(node) || node.value === null) return 'nothing';
  if (secret) return typeof node.value === 'string' ? 'a text' : `a ${typeof node.value}`;
  const text = typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
  return text.length > FOUND_MAX_LENGTH ? `${text.slice(0, FOUND_MAX_LENGTH)}…` : text;
}
