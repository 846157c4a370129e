import type { Presence } from '@countersign/protocol';

/**
 * What is shown of an agent who is there: who is available and has something to do is busy, whoever has no
 * room left is not to be disturbed. It is offered to for as long as there is room, whatever is shown.
 */
export function effectivePresence(chosen: Presence, load: number, capacity: number): Presence {
  if (chosen !== 'available') return chosen;
  if (load >= capacity) return 'dnd';
  return load > 0 ? 'busy' : 'available';
}
