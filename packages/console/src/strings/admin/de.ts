import type { AdminWords } from './admin-words.ts';
import { kit } from './de/kit.ts';

export const de: AdminWords = { ...kit };
