import type { ContextVariable } from '@countersign/protocol';
import type { VariableDefinition } from '../configuration/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';

export interface IgnoredFact {
  name: string;
  why: 'unknown_name' | 'wrong_type' | 'too_long';
}

export interface SignedContext {
  variables: ContextVariable[];
  ignored: IgnoredFact[];
}

/** Characters of a value (Omnichannel §1.4). */
const MAX_VALUE_LENGTH = 4000;

/**
 * What a proof vouches for, as the workstream defines it: names count with their case, a number may come
 * as text. What does not fit is not used, and said so, since a fact that silently vanishes sends
 * conversations to the wrong queue.
 */
export function signedContext(
  definitions: VariableDefinition[],
  facts: ProvenIdentity['facts'],
): SignedContext {
  const variables: ContextVariable[] = [];
  const ignored: IgnoredFact[] = [];
  for (const [name, fact] of Object.entries(facts)) {
    const definition = definitions.find((candidate) => candidate.name === name);
    const value = definition ? typedValue(fact, definition.type) : null;
    if (!definition) ignored.push({ name, why: 'unknown_name' });
    else if (value === null) ignored.push({ name, why: 'wrong_type' });
    else if (String(value).length > MAX_VALUE_LENGTH) ignored.push({ name, why: 'too_long' });
    else variables.push({ name, value, origin: 'signed' });
  }
  return { variables, ignored };
}

function typedValue(
  fact: string | number | boolean,
  type: VariableDefinition['type'],
): string | number | null {
  if (type === 'text') return String(fact);
  if (typeof fact === 'boolean' || (typeof fact === 'string' && fact.trim() === '')) return null;
  const number = Number(fact);
  return Number.isFinite(number) ? number : null;
}
