import type { ContextVariable } from '@countersign/protocol';
import type { VariableDefinition } from '../configuration/index.ts';

/** A conversation holds at most this many facts (Omnichannel §1.4). */
const MAX_VARIABLES = 100;

/**
 * Context with what the customer's side says now: newer replaces older, and never what a proof or the
 * node itself has said (invariant 6). The same array when nothing changes.
 */
export function withCustomerValues(
  context: ContextVariable[],
  values: [name: string, value: string][],
  definitions: VariableDefinition[],
): ContextVariable[] {
  const byName = new Map(context.map((variable) => [variable.name, variable]));
  let changed = false;
  for (const [name, text] of values) {
    const before = byName.get(name);
    if (before ? before.origin !== 'customer' : byName.size >= MAX_VARIABLES) continue;
    const value = typedValue(
      text,
      definitions.find((definition) => definition.name === name),
    );
    if (before?.value === value) continue;
    byName.set(name, { name, value, origin: 'customer' });
    changed = true;
  }
  return changed ? [...byName.values()] : context;
}

function typedValue(text: string, definition: VariableDefinition | undefined): string | number {
  const number = Number(text);
  const wantsNumber = definition?.type === 'number' && text.trim() !== '';
  return wantsNumber && Number.isFinite(number) ? number : text;
}
