import type { EntryDraft } from '../../../conversations/index.ts';

const TEXTS: Record<string, string> = {
  en: 'We could not confirm your sign-in, although it says otherwise above. Please try again when you are asked.',
  de: 'Wir konnten Ihre Anmeldung nicht bestätigen, auch wenn es oben anders steht. Bitte versuchen Sie es noch einmal, wenn Sie gefragt werden.',
  ro: 'Nu am putut confirma autentificarea dumneavoastră, deși mai sus scrie altceva. Vă rugăm să încercați din nou când vi se cere.',
};

/** In version 1 the device says "signed in" before we have looked (§13): so the customer is told. */
export function explanationFor(locale: string | null): Omit<EntryDraft, 'conversationId'> {
  const [language = ''] = (locale ?? '').toLowerCase().split(/[-_]/);
  return { kind: 'message', role: 'bot', text: TEXTS[language] ?? TEXTS.en ?? '' };
}
