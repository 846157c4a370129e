import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { oneOf } from './describe.ts';
import type { JsonSchema } from './json-schema.ts';

export type Branch = { schema: JsonSchema } | { expected: string; at?: string };

/**
 * Which alternative of a union was meant: for a map the one its discriminating key names, else the
 * one that knows most of its keys; for anything else the one of its type.
 */
export function chooseBranch(union: JsonSchema, node: Node | null): Branch {
  const branches = union.anyOf ?? [];
  // Where a secret stands may be written as a map
  const secret = branches.find((branch) => branch.secret);
  if (secret && node && !isSeq(node)) return { schema: secret };
  if (!isMap(node)) {
    const schema = branches.find((branch) => takes(branch, node));
    return schema ? { schema } : { expected: union.expected ?? describeKeys(branches) };
  }
  const maps = branches.filter((branch) => branch.type === 'object');
  const key = discriminator(maps);
  return key ? byDiscriminator(maps, key, node) : byKeys(union, maps, node);
}

/** A list of words has no type of its own; only a word in it means that list. */
function takes({ type, enum: words }: JsonSchema, node: Node | null): boolean {
  if (words) return isScalar(node) && words.includes(node.value);
  return (type === 'integer' ? 'number' : type) === typeOf(node);
}

function typeOf(node: Node | null): string {
  if (isSeq(node)) return 'array';
  return isScalar(node) ? typeof node.value : 'null';
}

function discriminator(maps: JsonSchema[]): string | undefined {
  const [first] = maps;
  if (maps.length < 2) return undefined;
  return Object.keys(first?.properties ?? {}).find((key) =>
    maps.every((map) => map.properties?.[key]?.const !== undefined),
  );
}

function byDiscriminator(maps: JsonSchema[], key: string, node: YAMLMap): Branch {
  const written = node.get(key);
  const schema = maps.find((map) => map.properties?.[key]?.const === written);
  if (schema) return { schema };
  return { expected: oneOf(maps.map((map) => String(map.properties?.[key]?.const))), at: key };
}

function byKeys(union: JsonSchema, maps: JsonSchema[], node: YAMLMap): Branch {
  const known = (map: JsonSchema) =>
    Object.keys(map.properties ?? {}).filter((key) => node.has(key)).length;
  const [best] = maps.toSorted((a, b) => known(b) - known(a));
  if (best && known(best) > 0) return { schema: best };
  return { expected: union.expected ?? describeKeys(maps) };
}

const describeKeys = (branches: JsonSchema[]): string =>
  `a map with ${oneOf(branches.flatMap((branch) => Object.keys(branch.properties ?? {})))}`;
