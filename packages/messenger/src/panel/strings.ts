/** Every sentence a customer can read: English here, each other language in a file that is loaded for it. */
export const en = {
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
  signOutHere: 'Sign out on this device',
  signOutEverywhere: 'Sign out on all devices',
  signIn: 'Sign in',
  signedInAs: 'Signed in as {0}',
  signedIn: 'Signed in',
  guest: 'You are chatting as a guest',
  sending: 'Sending',
  waiting: 'Waiting',
  sent: 'Sent',
  failed: 'Not sent',
  retry: 'Try again',
  remove: 'Remove',
  typing: '{0} is typing',
  agent: 'The agent',
  bot: 'Automatic message',
  reconnecting: 'Reconnecting. Your messages are kept.',
  offline: 'You are offline. Your messages are sent when you are back.',
  hello: 'Hello. How can we help?',
  older: 'Earlier messages',
  ended: 'This conversation has ended.',
  newChat: 'Start a new conversation',
  signInBoundary: 'You signed in',
  refused: 'We could not confirm who you are, so the chat did not start.',
  notConfirmed: 'We could not confirm who you are. Please try again.',
  renewing: 'Reconnecting your sign-in…',
  lapsed: 'Please sign in again to continue. Your message is saved.',
  asksSignIn: '{0} asks you to sign in.',
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

/** The first of the visitor's languages that the deployment has; else the deployment's first. */
export function pickLanguage(wanted: readonly string[], offered: readonly string[]): string {
  const short = offered.map((language) => language.slice(0, 2).toLowerCase());
  const found = wanted.map((language) => language.slice(0, 2)).find((l) => short.includes(l));
  return found ?? short[0] ?? 'en';
}

const others: Record<string, URL> = {
  de: new URL('./strings-de.json', import.meta.url),
  ro: new URL('./strings-ro.json', import.meta.url),
};

/** English where nobody wrote that language, or it does not arrive. */
export async function loadStrings(language: string): Promise<Strings> {
  const url = others[language];
  if (!url) return en;
  const answer = fetch(url).then((response) => response.json());
  return answer.catch(() => en);
}
