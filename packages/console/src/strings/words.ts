import { en } from './en.ts';
import { type Language, language } from './language.ts';

/** The shape of every catalogue. */
export type Words = typeof en;

/** One file a language, loaded only for its readers. They import nothing that waits for the words. */
const catalogues: Record<Language, () => Words | Promise<Words>> = {
  en: () => en,
  de: () => import('./de.ts').then(({ de }) => de),
  ro: () => import('./ro.ts').then(({ ro }) => ro),
};

/** English where a catalogue does not arrive: better than no console. */
async function load(): Promise<Words> {
  try {
    return await catalogues[language]();
  } catch {
    document.documentElement.lang = 'en';
    return en;
  }
}

/** The words in the reader's language. */
export const words: Words = await load();
