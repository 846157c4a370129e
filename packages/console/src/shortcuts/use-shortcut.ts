import { useEffect, useRef } from 'react';
import { readPreference } from '../preferences/preferences.ts';
import { readShortcutKeys, type ShortcutName } from './shortcut-keys.ts';

const typingPlaces = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';
/** A box to tick takes no letters. */
const notTyping = 'input[type="checkbox"], input[type="radio"]';

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(`${typingPlaces}, [role="menu"], [role="listbox"]`) !== null &&
  !target.matches(notTyping);

const isDialogOpen = (): boolean =>
  document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/**
 * Runs `action` when the key of a shortcut is pressed and nobody is typing; off when the person turned
 * single-key shortcuts off (WCAG 2.1.4).
 */
export function useShortcut(name: ShortcutName, action: () => void, enabled = true): void {
  useKey(action, enabled, (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (!readPreference('single-key-shortcuts') || isTypedInto(event.target)) return false;
    return event.key.toLowerCase() === readShortcutKeys()[name];
  });
}

/** A key together with Ctrl or ⌘, and with Alt or without; works while typing too. */
export function useChord(
  key: string,
  action: () => void,
  { alt = false, enabled = true }: { alt?: boolean; enabled?: boolean } = {},
): void {
  useKey(action, enabled, (event) => {
    const isModified = (event.ctrlKey || event.metaKey) && event.altKey === alt;
    // With Alt, some layouts make another character of the key
    return isModified && (event.key.toLowerCase() === key || event.code === codeOf(key));
  });
}

const codeOf = (key: string): string => `Key${key.toUpperCase()}`;

function useKey(action: () => void, enabled: boolean, fits: (event: KeyboardEvent) => boolean) {
  const latest = useRef({ action, fits });
  useEffect(() => {
    latest.current = { action, fits };
  });
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !latest.current.fits(event) || isDialogOpen()) return;
      event.preventDefault();
      latest.current.action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}
