/** For React. Safe to import on a server, and in StrictMode, which mounts everything twice. */
import { useEffect, useSyncExternalStore } from 'react';
import { type MessengerState, messenger, type PageMessenger } from './messenger.ts';
import type { MessengerOptions } from './options.ts';

export type MessengerActions = Pick<
  PageMessenger,
  'open' | 'close' | 'signIn' | 'signOut' | 'setFacts' | 'command' | 'on'
>;

const { open, close, signIn, signOut, setFacts, command, on } = messenger;
const actions: MessengerActions = { open, close, signIn, signOut, setFacts, command, on };
const onServer = messenger.state;
const state = (): MessengerState => messenger.state;
const stateOnServer = (): MessengerState => onServer;

/** Shows the launcher as long as it is mounted; draws nothing itself. Once on a page, anywhere. */
export function Messenger(options: MessengerOptions): null {
  // The last rendering's functions are the ones that are asked
  useEffect(() => messenger.start(options));
  useEffect(() => () => messenger.stop(), []);
  return null;
}

/** How the messenger stands and what it can be told, in any component: there is no provider to put around it. */
export function useMessenger(): MessengerState & MessengerActions {
  const current = useSyncExternalStore(messenger.subscribe, state, stateOnServer);
  return { ...current, ...actions };
}
