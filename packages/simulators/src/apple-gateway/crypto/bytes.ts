export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export const hex = (bytes: Uint8Array): string => bytes.toHex();
export const fromHex = (text: string): Bytes => Uint8Array.fromHex(text);

export const base64 = (bytes: Uint8Array): string => bytes.toBase64();
export const fromBase64 = (text: string): Bytes => Uint8Array.fromBase64(text);

export const base64Url = (bytes: Uint8Array): string =>
  bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
export const fromBase64Url = (text: string): Bytes =>
  Uint8Array.fromBase64(text, { alphabet: 'base64url' });

export function randomBytes(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count));
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}

/** A secret, a state or an opaque token: 32 random bytes as base64url. */
export const randomToken = (): string => base64Url(randomBytes(32));
