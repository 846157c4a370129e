import { words } from '../strings/words.ts';

/** The more particular first: every browser says that it is several others, too. */
const browsers = [
  ['Edge', /\bEdg(A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const;
const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

const find = (table: readonly (readonly [string, RegExp])[], text: string): string | null =>
  table.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

/** `Firefox, Linux`: for people to know a device by, and nothing to rely on. */
export function deviceName(userAgent: string | null): string {
  const text = userAgent ?? '';
  const parts = [find(browsers, text), find(systems, text)].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(', ') : words.account.unknownDevice;
}

export const thisDevice = (): string => deviceName(navigator.userAgent);
