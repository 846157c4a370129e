/** What is held against the setting: the device's encrypted token, or the code of our own callback. */
export type AppleEvidence =
  | {
      version: 1;
      /** Base64, as the device sent it. */
      encryptedToken: string;
      /** Of this request alone, 48 bytes. */
      scalar: Uint8Array;
    }
  | {
      version: 2;
      code: string;
      /** Exactly the one that the request named. */
      redirectUri: string;
      /** Null: the setting goes without PKCE. */
      codeVerifier: string | null;
      /** Null: the request did not ask for an ID token. */
      nonce: string | null;
      /** The response's `iss` (RFC 9207), where it had one. */
      iss?: string;
    };

/** A sign-in that ended without a proof, for the record (Apple Messages spec §13). */
export interface AppleRefusal {
  reason: 'unmatched_reply' | 'unconfirmed_by_device' | 'device_failed';
  observed: string;
}
