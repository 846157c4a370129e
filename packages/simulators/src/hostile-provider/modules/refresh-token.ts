import type { Module } from '../module.ts';

const ours = { plan: 'refresh-token', relyingParty: 'node' } as const;

/** `oidcc-client-refreshtoken-test-plan`: the ID token that a refresh token gives (Core §12.2). */
export const refreshTokenModules = {
  'oidcc-client-test-refresh-token': {
    ...ours,
    must: 'accept',
    what: 'A refresh token gives a new ID token of the same person.',
    behaviour: {},
  },
  'oidcc-client-test-refresh-token-invalid-issuer': {
    ...ours,
    must: 'reject',
    what: 'The new ID token names another issuer than the first.',
    behaviour: { refreshedIdToken: (claims) => ({ ...claims, iss: `${claims.iss}another/` }) },
  },
  'oidcc-client-test-refresh-token-invalid-sub': {
    ...ours,
    must: 'reject',
    what: 'The new ID token is of another person than the first.',
    behaviour: { refreshedIdToken: (claims) => ({ ...claims, sub: 'another-person' }) },
  },
  'oidcc-client-test-refresh-token-invalid-aud': {
    ...ours,
    must: 'reject',
    what: 'The new ID token is for another client.',
    behaviour: { refreshedIdToken: (claims) => ({ ...claims, aud: 'another-client' }) },
  },
  'oidcc-client-test-refresh-token-invalid-azp': {
    ...ours,
    must: 'reject',
    what: 'The new ID token was made for another client (`azp`); the first named none.',
    behaviour: { refreshedIdToken: (claims) => ({ ...claims, azp: 'another-client' }) },
  },
} as const satisfies Record<string, Module>;
