import { words } from '../strings/words.ts';

const names: Record<string, string> = words.reasons;

/** In words; the code itself for one that a newer node has. */
export const reasonName = (reason: string): string => names[reason] ?? reason;
