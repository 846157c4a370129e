export { type MessengerState, messenger, type PageMessenger } from './messenger.ts';
export type { AuthProvider, CodeProof, MessengerOptions } from './options.ts';
export type { Envelope } from './page-api.ts';
