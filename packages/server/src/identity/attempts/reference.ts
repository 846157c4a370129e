/** Crockford's base32: no I, L, O, U, so that it can be read aloud. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BYTES = 5;

/** `size` random bytes. */
export type Randomness = (size: number) => Uint8Array;

/** What a refused customer is shown and an administrator looks up: 40 random bits, `ABCD-EFGH`. */
export function newReference(randomness: Randomness): string {
  let bits = 0n;
  for (const byte of randomness(BYTES)) bits = (bits << 8n) | BigInt(byte);
  const digits = Array.from(
    { length: 8 },
    (_, at) => DIGITS[Number((bits >> BigInt(35 - 5 * at)) & 31n)],
  );
  return `${digits.slice(0, 4).join('')}-${digits.slice(4).join('')}`;
}

/** What people type, as it is stored: any case, with or without the dash, look-alikes as digits. */
export function normaliseReference(typed: string): string {
  const digits = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}
