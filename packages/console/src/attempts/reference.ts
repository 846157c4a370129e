/** Crockford base32 reads O as 0, and I and L as 1. */
const lookalikes: Record<string, string> = { O: '0', I: '1', L: '1' };

/** `abcd efgh` → `ABCD-EFGH`, as people read it out; null while it is not whole. */
export function wholeReference(text: string): string | null {
  const letters = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OIL]/g, (letter) => lookalikes[letter] ?? letter);
  return letters.length === 8 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
