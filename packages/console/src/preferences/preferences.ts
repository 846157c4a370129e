import { readLocalStorageValue, useLocalStorage } from '@mantine/hooks';

/** What a person chose on this device. */
const defaults = {
  'send-with-enter': false,
  'single-key-shortcuts': true,
  'details-open': true,
  sounds: false,
  'desktop-notifications': false,
};
type Preference = keyof typeof defaults;

export const storageKey = (name: string): string => `countersign.${name}`;

export function usePreference(name: Preference): [boolean, (value: boolean) => void] {
  const [value, setValue] = useLocalStorage<boolean>({
    key: storageKey(name),
    defaultValue: defaults[name],
    getInitialValueInEffect: false,
  });
  return [value, setValue];
}

export const readPreference = (name: Preference): boolean =>
  readLocalStorageValue<boolean>({ key: storageKey(name), defaultValue: defaults[name] });
