import { loadCatalogue } from '../load-catalogue.ts';
import { en } from './en.ts';

/** The shape of every catalogue of the administration. */
export type AdminWords = typeof en;

/** The words of the administration in the reader's language, loaded with its screens. */
export const adminWords: AdminWords = await loadCatalogue<AdminWords>({
  en: () => en,
  de: () => import('./de.ts').then(({ de }) => de),
  ro: () => import('./ro.ts').then(({ ro }) => ro),
});
