import { en } from './en.ts';
import { loadCatalogue } from './load-catalogue.ts';

/** The shape of every catalogue. */
export type Words = typeof en;

/**
 * The words in the reader's language. One file a language, loaded only for its readers; they import
 * nothing that waits for the words.
 */
export const words: Words = await loadCatalogue<Words>({
  en: () => en,
  de: () => import('./de.ts').then(({ de }) => de),
  ro: () => import('./ro.ts').then(({ ro }) => ro),
});
