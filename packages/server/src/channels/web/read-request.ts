import { GuestRequest } from '@countersign/protocol';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { malformed } from './errors.ts';

const envelope = Compile(GuestRequest);

/** A frame as a request; null: it is none. */
export function readEnvelope(text: string): (object & GuestRequest) | null {
  try {
    const value: unknown = JSON.parse(text);
    return envelope.Check(value) ? value : null;
  } catch {
    return null;
  }
}

/** Checks a request against the schema of its action; the refusal names the member, not its value. */
export function reader<Schema extends TSchema>(schema: Schema) {
  const compiled = Compile(schema);
  return (value: object): Static<Schema> => {
    if (isOf(value)) return value;
    const [first] = compiled.Errors(value);
    const place = first?.instancePath.slice(1).replaceAll('/', '.');
    throw malformed(place ? `${place} ${first?.message}` : (first?.message ?? 'Malformed request'));
  };

  function isOf(value: unknown): value is Static<Schema> {
    return compiled.Check(value);
  }
}

/** PostgreSQL keeps neither NUL nor lone surrogates. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
