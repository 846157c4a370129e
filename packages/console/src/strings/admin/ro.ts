import type { AdminWords } from './admin-words.ts';
import { kit } from './ro/kit.ts';

export const ro: AdminWords = { ...kit };
