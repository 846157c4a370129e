export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: Json | undefined, name: string): Json | undefined {
  const member = value?.[name];
  return isObject(member) ? member : undefined;
}

/** A string that is not empty. */
export function textAt(value: Json | undefined, name: string): string | undefined {
  const member = value?.[name];
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** The objects of an array; empty when there is no array. */
export function objectsAt(value: Json | undefined, name: string): readonly Json[] {
  const member = value?.[name];
  return Array.isArray(member) ? member.filter(isObject) : [];
}
