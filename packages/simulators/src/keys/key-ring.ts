import { type SigningKey, signingKey } from './signing-key.ts';

/** An issuer's keys: which it publishes, and which one it signs with. */
export interface KeyRing {
  /** Oldest first. Empty after `publishNothing`. */
  readonly published: readonly SigningKey[];
  readonly signing: SigningKey;
  readonly rotate: KeyRotation;
}

/** What may happen to an issuer's keys; in the first three steps nobody who looks is ever refused. */
export interface KeyRotation {
  /** Publishes a new key beside the others; nothing is signed with it yet. */
  add(): Promise<SigningKey>;
  /** Signs with the newest of the published keys. */
  signWithNew(): void;
  /** Publishes the signing key alone. */
  retireOld(): void;
  /** All at once: a new key is published in place of every other, and signs. */
  replaceAll(): Promise<SigningKey>;
  /**
   * The emergency: the signing key is no longer published, another one is and signs. Resolves with the
   * one that was taken back, for a test that signs on with it.
   */
  revoke(): Promise<SigningKey>;
  /** Another key under the name of the old one, which is gone. */
  replaceSameKid(): Promise<SigningKey>;
  /** An empty set, until `publishAgain`. */
  publishNothing(): void;
  publishAgain(): void;
}

/** Keys are named `<name>-1`, `<name>-2`, …; the first may be shared with other rings. */
export async function keyRing(name: string, first?: SigningKey): Promise<KeyRing> {
  let made = 1;
  let signing = first ?? (await signingKey({ kid: `${name}-1` }));
  let keys = [signing];
  let isHidden = false;
  const next = (): Promise<SigningKey> => {
    made += 1;
    return signingKey({ kid: `${name}-${made}` });
  };
  const only = (key: SigningKey): SigningKey => {
    signing = key;
    keys = [key];
    return key;
  };
  return {
    get published() {
      return isHidden ? [] : keys;
    },
    get signing() {
      return signing;
    },
    rotate: {
      async add() {
        const key = await next();
        keys = [...keys, key];
        return key;
      },
      signWithNew() {
        signing = keys.at(-1) ?? signing;
      },
      retireOld() {
        only(signing);
      },
      replaceAll: async () => only(await next()),
      async revoke() {
        const revoked = signing;
        const others = keys.filter((key) => key !== revoked);
        const key = await next();
        signing = key;
        keys = [...others, key];
        return revoked;
      },
      replaceSameKid: async () => only(await signingKey({ kid: signing.kid })),
      publishNothing() {
        isHidden = true;
      },
      publishAgain() {
        isHidden = false;
      },
    },
  };
}
