import { useForm } from '../object/form-context.ts';
import { isMap } from '../object/paths.ts';

/** Every identifier that the message has, wherever it stands. */
export function useIdentifiers(): string[] {
  return identifiersIn(useForm().object);
}

export function identifiersIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(identifiersIn);
  if (!isMap(value)) return [];
  const own = typeof value.identifier === 'string' ? [value.identifier] : [];
  return [...own, ...Object.values(value).flatMap(identifiersIn)];
}
