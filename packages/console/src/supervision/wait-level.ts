import type { Supervision } from '@countersign/protocol';

/** In seconds. */
const LONG = 60;
const TOO_LONG = 300;

export type Level = 'good' | 'warning' | 'bad';

export const waitLevel = (seconds: number): Level =>
  seconds >= TOO_LONG ? 'bad' : seconds >= LONG ? 'warning' : 'good';

/** Somebody waits, and nobody is there to answer. */
export const isDeserted = (queue: Supervision['queues'][number]): boolean =>
  queue.agentsAvailable === 0 && queue.waiting > 0;
