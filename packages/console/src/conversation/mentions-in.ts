import type { AgentRef } from '@countersign/protocol';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The colleagues whom a note names as `@Tom Weber`; a longer name is not mistaken for a shorter one. */
export function mentionsIn(text: string, agents: readonly AgentRef[]): AgentRef[] {
  return agents.filter(({ name }) =>
    new RegExp(`(^|\\s)@${escaped(name)}(?![\\p{L}\\p{N}])`, 'u').test(text),
  );
}
