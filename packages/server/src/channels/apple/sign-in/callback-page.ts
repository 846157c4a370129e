const TEXTS = {
  en: ['Sign-in', 'This link cannot be used. Go back to Messages and try again.'],
  de: [
    'Anmeldung',
    'Dieser Link gilt nicht. Gehen Sie zurück zu Nachrichten und versuchen Sie es noch einmal.',
  ],
  ro: ['Autentificare', 'Acest link nu poate fi folosit. Reveniți la Mesaje și încercați din nou.'],
};

/** Says nothing of why: whoever reads it may be anybody. */
export function callbackPage(acceptLanguage = ''): string {
  const [wanted = ''] = acceptLanguage.toLowerCase().split(/[-,;]/);
  const language = wanted === 'de' || wanted === 'ro' ? wanted : 'en';
  const [title, text] = TEXTS[language];
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
}
