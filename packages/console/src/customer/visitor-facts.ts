import type { ContextVariable } from '@countersign/protocol';
import { SELF_SERVICE } from './visited-pages.ts';

/** The names under which sites tell such things, in lower case. */
const names = {
  browser: ['browser', 'msdyn_browser', 'device'],
  os: ['os', 'operatingsystem', 'msdyn_os', 'platform'],
  language: ['language', 'locale', 'msdyn_language'],
};

const isNamed = (variable: ContextVariable, wanted: readonly string[]): boolean =>
  wanted.includes(variable.name.toLowerCase());

export function visitorFact(
  context: readonly ContextVariable[],
  fact: keyof typeof names,
): string | null {
  const found = context.find((variable) => isNamed(variable, names[fact]));
  return found ? String(found.value) : null;
}

/** What came with the conversation from the customer's side, less what the other tabs show. */
export function preChatAnswers(context: readonly ContextVariable[]): ContextVariable[] {
  const others = [...Object.values(names).flat(), SELF_SERVICE.toLowerCase()];
  return context.filter((variable) => variable.origin === 'customer' && !isNamed(variable, others));
}
