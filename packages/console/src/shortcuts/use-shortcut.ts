import { useEffect, useRef } from 'react';
import { readPreference } from '../preferences/preferences.ts';

const typingPlaces = 'input, textarea, select, [contenteditable="true"], [role="textbox"]';

/** Whether a key press belongs to something else: typing, a dialog, a menu, a modifier. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target;
  if (target instanceof Element && target.closest(`${typingPlaces}, [role="menu"]`)) return true;
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/**
 * Runs `action` when the single key is pressed and nobody is typing; off when the person turned
 * single-key shortcuts off (WCAG 2.1.4).
 */
export function useShortcut(key: string, action: () => void, enabled = true): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || isTaken(event)) return;
      if (!readPreference('single-key-shortcuts')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, enabled]);
}
