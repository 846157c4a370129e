/** Seals secrets at rest: compact JWE, `dir` with A256GCM, `kid` kept so that keys can rotate. */
export interface Seal {
  seal(plain: string): Promise<string>;
  open(sealed: string): Promise<string>;
  /** A key for another purpose, derived by HKDF-SHA256 from the sealing key. 32 bytes. */
  derive(purpose: string): Uint8Array;
}
