import { useEffect, useRef } from 'react';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspace } from '../live/use-workspace.ts';
import { readPreference } from '../preferences/preferences.ts';
import { words } from '../strings/words.ts';
import { type Alert, newAlerts } from './new-alerts.ts';
import { playSound } from './sound.ts';

/** Offers, mentions and messages draw attention in the ways that this person chose on this device. */
export function useAlerts(): void {
  const { store } = useWorkspace();
  const before = useRef(store.get());
  useEffect(
    () =>
      store.subscribe(() => {
        const alerts = newAlerts(before.current, store.get());
        before.current = store.get();
        for (const alert of alerts) raise(alert);
      }),
    [store],
  );
}

function raise(alert: Alert): void {
  if (readPreference('sounds')) playSound();
  const isSeen = document.visibilityState === 'visible' && document.hasFocus();
  if (isSeen || !readPreference('desktop-notifications')) return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  // The tag replaces what was told of the same conversation before
  const notification = new Notification(textOf(alert), { tag: alert.conversation.id });
  notification.onclick = () => window.focus();
}

/** Names, and no text of a message: a desktop may be seen by others. */
function textOf({ kind, conversation }: Alert): string {
  const name = shownName(conversation);
  if (kind === 'offer') return words.offer.title(name);
  return kind === 'mention' ? words.alerts.mention(name) : words.alerts.message(name);
}
