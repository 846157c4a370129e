import { readFileSync } from 'node:fs';

/** Reads a stylesheet or script that lies beside the calling module. */
export function readBeside(moduleUrl: string, name: string): string {
  return readFileSync(new URL(name, moduleUrl), 'utf8');
}

/** What the shop and its sign-in pages have in common. */
export const baseStyle = readBeside(import.meta.url, './base.css');
