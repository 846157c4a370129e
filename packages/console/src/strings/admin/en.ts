import { kit } from './en/kit.ts';

/** All words of the administration in English. What one screen says is a file of its own. */
export const en = { ...kit };
