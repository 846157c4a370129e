const BYTES = 32;

/** A token that nobody can guess, made on this device: `csk_` and 256 bits in base64url. */
export function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  const text = btoa(String.fromCharCode(...bytes));
  return `csk_${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
