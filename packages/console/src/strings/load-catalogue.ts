import { type Language, language } from './language.ts';

/** English where a catalogue does not arrive: better than no console. */
export async function loadCatalogue<Catalogue>(
  catalogues: Record<Language, () => Catalogue | Promise<Catalogue>>,
): Promise<Catalogue> {
  try {
    return await catalogues[language]();
  } catch {
    document.documentElement.lang = 'en';
    return catalogues.en();
  }
}
