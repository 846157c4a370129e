import type { ContextVariable } from '@countersign/protocol';

/** What can be filled in, as far as it is known. */
export interface PlaceholderFacts {
  customer: string | null;
  agent: string;
  nickname: string;
  context: readonly ContextVariable[];
}

export interface Filled {
  text: string;
  /** Placeholders that stay as they are, since nothing is known to fill them with. */
  unknown: string[];
}

/** `{FirstName{Customer}}`, `{OCContext.order}` and the like, as Omnichannel writes them. */
const PLACEHOLDER = /\{(\w+)\{(\w+)\}\}|\{OCContext\.([^{}]+)\}/g;

/** Fills in each placeholder once: what a value holds is text, whatever it looks like. */
export function fillPlaceholders(text: string, facts: PlaceholderFacts): Filled {
  const unknown: string[] = [];
  const filled = text.replace(PLACEHOLDER, (slug, part, whose, variable) => {
    const value =
      variable === undefined ? ofPerson(part, whose, facts) : ofContext(variable, facts);
    if (value) return value;
    unknown.push(slug);
    return slug;
  });
  return { text: filled, unknown };
}

/** Placeholders that are still to be filled in by hand. */
export const openPlaceholders = (text: string): string[] => text.match(PLACEHOLDER) ?? [];

function ofPerson(part: string, whose: string, facts: PlaceholderFacts): string | null {
  if (whose === 'Agent' && part === 'Nickname') return facts.nickname;
  if (whose === 'Agent') return partOfName(part, facts.agent);
  return whose === 'Customer' ? partOfName(part, facts.customer) : null;
}

function partOfName(part: string, name: string | null): string | null {
  const parts = name?.trim().split(/\s+/) ?? [];
  if (part === 'FullName') return parts.join(' ');
  if (part === 'FirstName') return parts[0] ?? null;
  return part === 'LastName' && parts.length > 1 ? (parts.at(-1) ?? null) : null;
}

/** A signed value comes before one that the customer sent under the same name. */
function ofContext(name: string, { context }: PlaceholderFacts): string | null {
  const named = context.filter((variable) => variable.name === name);
  const found = named.find(({ origin }) => origin === 'signed') ?? named[0];
  return found ? String(found.value) : null;
}
