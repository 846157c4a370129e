import type { Module } from '../module.ts';
import { brokenSignature, unsigned, withoutKeyId } from '../odd-signatures.ts';
import { without } from '../without.ts';

const ours = { plan: 'basic', relyingParty: 'node' } as const;

/** `oidcc-client-basic-certification-test-plan`: the code flow. */
export const basicModules = {
  'oidcc-client-test': {
    ...ours,
    must: 'accept',
    what: 'Does everything right.',
    behaviour: {},
  },
  'oidcc-client-test-invalid-iss': {
    ...ours,
    must: 'reject',
    what: 'The ID token names another issuer.',
    behaviour: { idToken: (claims) => ({ ...claims, iss: `${claims.iss}another/` }) },
  },
  'oidcc-client-test-missing-sub': {
    ...ours,
    must: 'reject',
    what: 'The ID token has no `sub`.',
    behaviour: { idToken: (claims) => without(claims, 'sub') },
  },
  'oidcc-client-test-invalid-aud': {
    ...ours,
    must: 'reject',
    what: 'The ID token is for another client.',
    behaviour: { idToken: (claims) => ({ ...claims, aud: 'another-client' }) },
  },
  'oidcc-client-test-missing-iat': {
    ...ours,
    must: 'reject',
    what: 'The ID token has no `iat`.',
    behaviour: { idToken: (claims) => without(claims, 'iat') },
  },
  'oidcc-client-test-kid-absent-single-jwks': {
    ...ours,
    must: 'accept',
    what: 'The ID token names no key, and one key is published.',
    behaviour: { signIdToken: withoutKeyId },
  },
  'oidcc-client-test-kid-absent-multiple-jwks': {
    ...ours,
    must: 'reject',
    what: 'The ID token names no key, and several are published that could be meant.',
    behaviour: { signIdToken: withoutKeyId, betweenSignIns: addAnother, beforeSigning: addAnother },
  },
  'oidcc-client-test-idtoken-sig-rs256': {
    ...ours,
    must: 'accept',
    what: 'The ID token is signed with RS256.',
    behaviour: {},
  },
  'oidcc-client-test-idtoken-sig-none': {
    ...ours,
    must: 'refuse-deliberately',
    what: 'The ID token is not signed; we never take one, over TLS either (RFC 8725 §3.2).',
    behaviour: { signIdToken: unsigned },
  },
  'oidcc-client-test-invalid-sig-rs256': {
    ...ours,
    must: 'reject',
    what: 'The signature of the ID token is broken.',
    behaviour: { signIdToken: brokenSignature },
  },
  'oidcc-client-test-userinfo-invalid-sub': {
    ...ours,
    must: 'reject',
    what: 'UserInfo speaks of another person than the ID token.',
    behaviour: { userInfo: (claims) => ({ ...claims, sub: 'another-person' }) },
  },
  'oidcc-client-test-nonce-invalid': {
    ...ours,
    must: 'reject',
    what: 'The `nonce` of the ID token is not that of the request.',
    behaviour: { idToken: (claims) => ({ ...claims, nonce: 'of-another-sign-in' }) },
  },
  'oidcc-client-test-scope-userinfo-claims': {
    ...ours,
    must: 'accept',
    what: 'What the scopes ask for stands in UserInfo alone.',
    behaviour: {},
  },
  'oidcc-client-test-client-secret-basic': {
    ...ours,
    must: 'accept',
    what: 'The token endpoint takes the client’s secret in the Authorization header alone.',
    behaviour: { clientMethods: ['client_secret_basic'] },
  },
} as const satisfies Record<string, Module>;

/** One more key under the set's eye, once. */
async function addAnother(ring: Parameters<NonNullable<Module['behaviour']['beforeSigning']>>[0]) {
  if (ring.published.length === 1) await ring.rotate.add();
}
