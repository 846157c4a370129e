import { readLocalStorageValue, useLocalStorage } from '@mantine/hooks';
import { storageKey } from '../preferences/preferences.ts';

/** Single keys, as `KeyboardEvent.key` in lower case, until somebody chooses others. */
export const defaultKeys = {
  next: 'j',
  previous: 'k',
  reply: 'r',
  note: 'n',
  assign: 'a',
  transfer: 't',
  end: 'e',
  choose: 'x',
  details: 'i',
  offer: 'o',
  search: '/',
  help: '?',
};
export type ShortcutName = keyof typeof defaultKeys;
export type ShortcutKeys = Readonly<Record<ShortcutName, string>>;

export const shortcutNames: readonly ShortcutName[] = [
  'next',
  'previous',
  'reply',
  'note',
  'assign',
  'transfer',
  'end',
  'choose',
  'details',
  'offer',
  'search',
  'help',
];

const NOTHING_CHOSEN: Partial<Record<string, unknown>> = {};

const stored = {
  key: storageKey('shortcut-keys'),
  defaultValue: NOTHING_CHOSEN,
};

/** What was chosen on this device over what is usual; anything unfit is left out. */
export function keysWith(chosen: Partial<Record<string, unknown>>): ShortcutKeys {
  const keys = { ...defaultKeys };
  for (const name of shortcutNames) {
    const key = chosen[name];
    if (typeof key === 'string' && isSingleKey(key)) keys[name] = key;
  }
  return keys;
}

/** A key that makes one character, and not the space that presses buttons. */
export const isSingleKey = (key: string): boolean => [...key].length === 1 && key.trim() !== '';

/** Which other shortcut has this key already; null: it is free. */
export const takenBy = (keys: ShortcutKeys, name: ShortcutName, key: string): ShortcutName | null =>
  shortcutNames.find((other) => other !== name && keys[other] === key) ?? null;

export const readShortcutKeys = (): ShortcutKeys => keysWith(readLocalStorageValue(stored));

export function useShortcutKeys() {
  const [chosen, setChosen, reset] = useLocalStorage({ ...stored, getInitialValueInEffect: false });
  return {
    keys: keysWith(chosen),
    choose: (name: ShortcutName, key: string) => setChosen((all) => ({ ...all, [name]: key })),
    reset,
  };
}
