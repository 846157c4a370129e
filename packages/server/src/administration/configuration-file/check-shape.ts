import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { chooseBranch } from './choose-branch.ts';
import { describeFound, describeSchema } from './describe.ts';
import type { FileFaults } from './faults.ts';
import type { JsonSchema } from './json-schema.ts';
import { nearest } from './nearest.ts';
import type { SecretResult, SecretSource } from './read-secret.ts';

/** A file that says more than this through aliases is no configuration. */
const MAX_VALUES = 200_000;
const MAX_ALIASES = 1_000;

/** Opens a secret, given its source and the node it stands in. */
export type OpenSecret = (source: SecretSource, node: Node) => SecretResult;

interface Walk {
  document: Document;
  faults: FileFaults;
  openSecret: OpenSecret;
  definitions: Map<string, JsonSchema>;
  values: number;
  aliases: number;
}

/** A value of the file: its node, its path, and where a fault about it is shown. */
interface Place {
  node: Node | null;
  path: string;
  offset: number;
}

/**
 * Holds a document against a schema and answers its value: defaults filled in, secrets opened. Every
 * fault is reported; the answer is only whole when there was none.
 */
export function checkShape(
  document: Document,
  schema: JsonSchema,
  faults: FileFaults,
  openSecret: OpenSecret,
): unknown {
  const walk: Walk = {
    document,
    faults,
    openSecret,
    definitions: new Map(),
    values: 0,
    aliases: 0,
  };
  const contents = isNode(document.contents) ? document.contents : null;
  // A file of comments only is an empty configuration.
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return initial({ ...schema, default: {} });
  }
  return check(walk, schema, { node: contents, path: '', offset: offsetOf(contents, 0) });
}

function check(walk: Walk, schema: JsonSchema, place: Place): unknown {
  const { faults } = walk;
  if (place.path) faults.place(place.path, place.offset);
  if (tooMany(walk, place)) return undefined;
  const node = isAlias(place.node) ? (place.node.resolve(walk.document) ?? null) : place.node;
  return checkResolved(walk, resolve(walk, schema), { ...place, node });
}

/** Said once; what is beyond is not read. */
function tooMany(walk: Walk, { node, path }: Place): boolean {
  walk.values++;
  if (isAlias(node)) walk.aliases++;
  if (walk.values === MAX_VALUES)
    walk.faults.report(path, `expected fewer than ${MAX_VALUES} values`);
  if (walk.aliases === MAX_ALIASES && isAlias(node)) {
    walk.faults.report(path, `expected fewer than ${MAX_ALIASES} aliases`);
  }
  return walk.values >= MAX_VALUES || walk.aliases >= MAX_ALIASES;
}

function resolve(walk: Walk, schema: JsonSchema): JsonSchema {
  for (const [name, definition] of Object.entries(schema.$defs ?? {})) {
    walk.definitions.set(name, definition);
  }
  return schema.$ref ? (walk.definitions.get(schema.$ref) ?? {}) : schema;
}

function checkResolved(walk: Walk, schema: JsonSchema, place: Place): unknown {
  if (schema.secret) return checkSecret(walk, schema, place);
  if (schema.anyOf) return checkUnion(walk, schema, place);
  if (schema.type === 'object') return checkMap(walk, schema, place);
  if (schema.type === 'array') return checkList(walk, schema, place);
  return checkScalar(walk, schema, place);
}

function checkUnion(walk: Walk, schema: JsonSchema, place: Place): unknown {
  const branch = chooseBranch(schema, place.node);
  if ('schema' in branch) return checkResolved(walk, resolve(walk, branch.schema), place);
  const at = branch.at;
  if (at && isMap(place.node)) {
    const value = place.node.get(at, true);
    const path = join(place.path, at);
    const offset = value ? offsetOf(value, place.offset) : place.offset;
    walk.faults.report(path, mismatch(branch.expected, value ?? null), offset);
  } else walk.faults.report(place.path, mismatch(branch.expected, place.node, !schema.expected));
  return undefined;
}

function checkMap(walk: Walk, schema: JsonSchema, place: Place): unknown {
  const { node, path } = place;
  if (!isMap(node)) return fail(walk, schema, place);
  const properties = schema.properties ?? {};
  const entries: [string, unknown][] = [];
  const seen = new Set<string>();
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const offset = isNode(pair.key) ? offsetOf(pair.key, place.offset) : place.offset;
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!property) {
      reportUnknownKey(walk, {
        path: join(path, key),
        key,
        offset,
        known: Object.keys(properties),
      });
      continue;
    }
    seen.add(key);
    const value = isNode(pair.value) ? pair.value : null;
    const at = { node: value, path: join(path, key), offset: startOf(value, offset) };
    entries.push([key, check(walk, property, at)]);
  }
  return Object.fromEntries([...entries, ...absent(walk, schema, place, seen)]);
}

/** What the map does not name: defaults, and a fault for each key that has none. */
function absent(
  walk: Walk,
  schema: JsonSchema,
  place: Place,
  seen: Set<string>,
): [string, unknown][] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]): [string, unknown][] => {
    if (seen.has(key)) return [];
    if (property.default !== undefined) return [[key, initial(property)]];
    if (required.has(key)) {
      const expected = describeSchema(describable(walk, property));
      walk.faults.report(join(place.path, key), `missing: expected ${expected}`, place.offset);
    }
    return [];
  });
}

function describable(walk: Walk, schema: JsonSchema): JsonSchema {
  const { anyOf, expected } = resolve(walk, schema);
  if (!anyOf || expected) return resolve(walk, schema);
  const branch = chooseBranch(resolve(walk, schema), null);
  return 'expected' in branch ? { expected: branch.expected } : branch.schema;
}

/** A default, with the defaults inside it. */
function initial(schema: JsonSchema): unknown {
  if (schema.type !== 'object') return structuredClone(schema.default);
  const entries = Object.entries(schema.properties ?? {})
    .filter(([, property]) => property.default !== undefined)
    .map(([key, property]) => [key, initial(property)]);
  return Object.fromEntries(entries);
}

interface UnknownKey {
  path: string;
  key: string;
  offset: number;
  known: string[];
}

function reportUnknownKey(walk: Walk, { path, key, offset, known }: UnknownKey): void {
  const meant = nearest(key, known);
  const hint = meant ? ` (did you mean "${meant}"?)` : '';
  const expected = `expected one of ${known.join(', ')}`;
  walk.faults.report(path, `unknown key ${printable(key)}${hint}: ${expected}`, offset);
}

/** Short and without control characters: faults end on terminals. */
const printable = (key: string): string =>
  JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);

function checkList(walk: Walk, schema: JsonSchema, place: Place): unknown {
  const { node, path } = place;
  if (!isSeq(node)) return fail(walk, schema, place);
  reportLength(walk, schema, place, node);
  const values = node.items.map((item, index) => {
    const value = isNode(item) ? item : null;
    const at = { node: value, path: `${path}[${index}]`, offset: offsetOf(value, place.offset) };
    return check(walk, schema.items ?? {}, at);
  });
  if (schema.uniqueItems) reportRepeated(walk, path, values);
  return values;
}

function reportLength(walk: Walk, schema: JsonSchema, { path }: Place, node: YAMLSeq): void {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const count = node.items.length;
  if (count < minItems) walk.faults.report(path, `expected at least ${minItems}, found ${count}`);
  if (count > maxItems) walk.faults.report(path, `expected at most ${maxItems}, found ${count}`);
}

function reportRepeated(walk: Walk, path: string, values: unknown[]): void {
  values.forEach((value, index) => {
    const first = values.indexOf(value);
    if (value === undefined || first === index) return;
    walk.faults.report(`${path}[${index}]`, `expected each once, found ${String(value)} again`);
  });
}

function checkScalar(walk: Walk, schema: JsonSchema, place: Place): unknown {
  if (!isScalar(place.node) || !fits(schema, place.node)) return fail(walk, schema, place);
  return place.node.value;
}

function fits(schema: JsonSchema, { value }: Scalar): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type === 'string') return typeof value === 'string' && fitsText(schema, value);
  if (schema.type === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (schema.type === 'integer' && !Number.isSafeInteger(value)) return false;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  return value >= minimum && value <= maximum;
}

function fitsText(schema: JsonSchema, value: string): boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (value.length < minLength || value.length > maxLength) return false;
  // PostgreSQL can store neither, and no name has them.
  if (value.includes('\0') || !value.isWellFormed()) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function checkSecret(walk: Walk, schema: JsonSchema, place: Place): unknown {
  const source = secretSource(place.node);
  if (source === null || !place.node) {
    walk.faults.report(place.path, mismatch(describeSchema(schema), place.node, true));
    return undefined;
  }
  const opened = walk.openSecret(source, place.node);
  if ('secret' in opened) return opened.secret;
  walk.faults.report(place.path, opened.fault);
  return undefined;
}

/** A text, or a map with the one key `env` or `file`. */
function secretSource(node: Node | null): SecretSource | null {
  if (isScalar(node)) return textOf(node);
  if (!isMap(node) || node.items.length !== 1) return null;
  return namedSource(node);
}

function namedSource(node: YAMLMap): SecretSource | null {
  const env = textOf(node.get('env', true));
  const file = textOf(node.get('file', true));
  if (env) return { env };
  return file ? { file } : null;
}

function textOf(node: unknown): string | null {
  const value = isScalar(node) ? node.value : null;
  return typeof value === 'string' && value !== '' && value.length <= 4096 ? value : null;
}

function fail(walk: Walk, schema: JsonSchema, place: Place): undefined {
  // "token:abc" without its space is a text where a map belongs: it is not shown.
  const structure = schema.type === 'object' || schema.type === 'array';
  const message = mismatch(describeSchema(schema), place.node, structure);
  walk.faults.report(place.path, message, place.offset);
  return undefined;
}

const mismatch = (expected: string, node: Node | null, secret = false): string =>
  `expected ${expected}, found ${describeFound(node, secret)}`;

function join(path: string, key: string): string {
  const step = /^[\w-]{1,60}$/.test(key) ? key : printable(key);
  return path ? `${path}.${step}` : step;
}

/** A list or map that begins under its key is shown at the key. */
function startOf(value: Node | null, keyOffset: number): number {
  const under = (isMap(value) || isSeq(value)) && !value.flow;
  return under ? keyOffset : offsetOf(value, keyOffset);
}

function offsetOf(node: Node | null, otherwise: number): number {
  return node?.range?.[0] ?? otherwise;
}
