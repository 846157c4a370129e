/** The languages of the console, each by its own name. The first is read where none fits. */
export const languages = { en: 'English', de: 'Deutsch', ro: 'Română' } as const;
export type Language = keyof typeof languages;

const STORAGE_KEY = 'countersign.language';

const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text);

/** What was chosen on this device, else the first language of the browser that there is. */
export function pickLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const short = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  return [chosen ?? '', ...short].find(isLanguage) ?? 'en';
}

/** Null where nothing was chosen, or the browser keeps nothing for this page. */
function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

const inBrowser = typeof document !== 'undefined';

/** Settled once a page load: words, dates and numbers never disagree. */
export const language: Language = inBrowser
  ? pickLanguage(chosenLanguage(), navigator.languages)
  : 'en';

/** For dates and numbers. English days come before months, as in most of the world. */
export const locale: string = language === 'en' ? 'en-GB' : language;

if (inBrowser) document.documentElement.lang = language;

/** Kept on this device; the page loads anew in it. Drafts are kept, too. */
export function chooseLanguage(next: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    return;
  }
  location.reload();
}
