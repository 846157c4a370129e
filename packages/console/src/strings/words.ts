import { en } from './en.ts';

/** The words in the reader's language. The catalogues are interchangeable; English is the first. */
export const words: typeof en = en;
