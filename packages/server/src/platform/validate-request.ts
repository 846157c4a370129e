import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { Fault } from './fault.ts';

const PARTS: Record<string, string> = { querystring: 'query', params: 'path', headers: 'headers' };

/**
 * Validates requests against their schemas: defaults are filled in; text becomes numbers and booleans
 * where those are wanted, except in a body, which can say what it means. The `Fault` `invalid_request`
 * names the place and never the value.
 */
export const validateRequest: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const compiled = Compile(schema);
  const part = PARTS[httpPart] ?? 'body';
  return (given: unknown) => {
    const readable = part === 'body' ? given : Value.Convert(schema, given);
    const value = Value.Default(schema, readable);
    if (compiled.Check(value)) return { value };
    const [first] = compiled.Errors(value);
    const place = `${part}${first?.instancePath ?? ''}`;
    const wrong = first?.keyword === 'boolean' ? 'is not known here' : first?.message;
    return { error: new Fault('invalid_request', 400, `${place} ${wrong ?? 'is wrong'}.`) };
  };
};
