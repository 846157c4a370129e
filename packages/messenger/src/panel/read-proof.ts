import type { Proof } from '@countersign/transport';

/** What a site's AuthProvider resolved with (Guest API spec §14.4). */
export function readProof(answer: unknown): Proof | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const given = answer as Record<string, string | undefined>;
  if (!given.authCode && !given.idToken) return null;
  const { authCode, idToken, redirectUri, codeVerifier, nonce, maxAge, iss } = given;
  const known = { authCode, idToken, redirectUri, codeVerifier, nonce, maxAge, iss };
  const present = Object.entries(known).filter(([, value]) => value !== undefined);
  return { kind: 'code', ...Object.fromEntries(present) };
}
