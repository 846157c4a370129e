/** Every sentence a customer can read, in each language. English is complete; others fall back to it. */
const en = {
  title: 'Chat',
  loading: 'Loading the chat',
  write: 'Write a message',
  send: 'Send',
  minimise: 'Minimise',
  menu: 'More',
  endChat: 'Delete this conversation',
  endChatAsk: 'Delete it for you? The company keeps its record.',
  confirm: 'Delete',
  cancel: 'Keep it',
  signOut: 'Sign out of the chat',
  signIn: 'Sign in',
  signedInAs: 'Signed in as {0}',
  signedIn: 'Signed in',
  guest: 'You are chatting as a guest',
  sending: 'Sending',
  sent: 'Sent',
  failed: 'Not sent',
  retry: 'Try again',
  remove: 'Remove',
  typing: '{0} is typing',
  agent: 'The agent',
  reconnecting: 'Reconnecting. Your messages are kept.',
  offline: 'You are offline. Your messages are sent when you are back.',
  hello: 'Hello. How can we help?',
  older: 'Earlier messages',
  ended: 'This conversation has ended.',
  newChat: 'Start a new conversation',
  signInBoundary: 'You signed in',
  refused: 'We could not confirm who you are, so the chat did not start.',
  lapsed: 'Please sign in again to continue. Your messages are saved.',
  reference: 'If you ask for help, give this reference: {0}',
  siteMissing: 'Signed-in chat is not set up on this site yet.',
  signInFirst: 'Please sign in on this site first, then open the chat again.',
  siteTimeout: 'The site did not answer in time. Please try again.',
  unavailable: 'The chat is not available here at the moment.',
  unreachable: 'The chat cannot be reached. Please check your connection.',
  replaced: 'The chat is open in another place. You can go on there, or here.',
  continueHere: 'Go on here',
  expired: 'This conversation was closed after a quiet while.',
  signedOut: 'You are signed out of the chat.',
  cleared: 'The conversation was deleted.',
  tooLong: 'This message is too long to send. Please shorten it.',
  newMessage: '{0} says: {1}',
};
export type Strings = typeof en;

const de: Partial<Strings> = {
  loading: 'Der Chat wird geladen',
  write: 'Nachricht schreiben',
  send: 'Senden',
  minimise: 'Minimieren',
  menu: 'Mehr',
  endChat: 'Diese Unterhaltung löschen',
  endChatAsk: 'Für Sie löschen? Das Unternehmen behält seine Aufzeichnung.',
  confirm: 'Löschen',
  cancel: 'Behalten',
  signOut: 'Vom Chat abmelden',
  signIn: 'Anmelden',
  signedInAs: 'Angemeldet als {0}',
  signedIn: 'Angemeldet',
  guest: 'Sie chatten als Gast',
  sending: 'Wird gesendet',
  sent: 'Gesendet',
  failed: 'Nicht gesendet',
  retry: 'Erneut versuchen',
  remove: 'Entfernen',
  typing: '{0} schreibt',
  reconnecting: 'Verbindung wird wiederhergestellt. Ihre Nachrichten bleiben erhalten.',
  offline: 'Sie sind offline. Ihre Nachrichten werden gesendet, sobald Sie zurück sind.',
  hello: 'Hallo. Wie können wir helfen?',
  older: 'Frühere Nachrichten',
  ended: 'Diese Unterhaltung ist beendet.',
  newChat: 'Neue Unterhaltung beginnen',
  signInBoundary: 'Sie haben sich angemeldet',
  refused: 'Wir konnten nicht bestätigen, wer Sie sind; der Chat wurde nicht gestartet.',
  lapsed: 'Bitte melden Sie sich erneut an. Ihre Nachrichten sind gespeichert.',
  reference: 'Wenn Sie um Hilfe bitten, nennen Sie: {0}',
  signInFirst: 'Bitte melden Sie sich zuerst auf dieser Seite an.',
  siteTimeout: 'Die Seite hat nicht rechtzeitig geantwortet. Bitte versuchen Sie es erneut.',
  unavailable: 'Der Chat ist hier zurzeit nicht verfügbar.',
  signedOut: 'Sie sind vom Chat abgemeldet.',
};

const ro: Partial<Strings> = {
  loading: 'Se încarcă discuția',
  write: 'Scrieți un mesaj',
  send: 'Trimiteți',
  minimise: 'Minimizați',
  signOut: 'Deconectare din discuție',
  signIn: 'Autentificare',
  signedInAs: 'Autentificat ca {0}',
  guest: 'Discutați ca vizitator',
  sending: 'Se trimite',
  sent: 'Trimis',
  failed: 'Netrimis',
  retry: 'Încercați din nou',
  typing: '{0} scrie',
  reconnecting: 'Se reconectează. Mesajele dumneavoastră sunt păstrate.',
  hello: 'Bună ziua. Cu ce vă putem ajuta?',
  ended: 'Această discuție s-a încheiat.',
  newChat: 'Începeți o discuție nouă',
  refused: 'Nu am putut confirma cine sunteți, așa că discuția nu a început.',
  lapsed: 'Autentificați-vă din nou pentru a continua. Mesajele sunt păstrate.',
  reference: 'Dacă cereți ajutor, menționați: {0}',
  unavailable: 'Discuția nu este disponibilă momentan.',
};

const catalogues: Record<string, Partial<Strings>> = { en, de, ro };

/** The first of the visitor's languages that the deployment has; else the deployment's first. */
export function pickLanguage(wanted: readonly string[], offered: readonly string[]): string {
  const short = offered.map((language) => language.slice(0, 2).toLowerCase());
  const found = wanted.map((language) => language.slice(0, 2)).find((l) => short.includes(l));
  return found ?? short[0] ?? 'en';
}

export const stringsOf = (language: string): Strings => ({ ...en, ...catalogues[language] });

/** Puts values in the places of `{0}`, `{1}` … */
export const fill = (text: string, ...values: string[]): string =>
  text.replace(/\{(\d)\}/g, (_, place) => values[Number(place)] ?? '');
