import type { Module } from '../module.ts';

const ours = { plan: 'config', relyingParty: 'node' } as const;

/** `oidcc-client-config-certification-test-plan`: discovery and keys. */
export const configModules = {
  'oidcc-client-test-discovery-openid-config': {
    ...ours,
    must: 'accept',
    what: 'The endpoints are where only a reader of the discovery document finds them.',
    behaviour: {
      paths: { authorization: 'a/7c1e', token: 't/90ab', userinfo: 'u/42f3', jwks: 'k/d5d5' },
    },
  },
  'oidcc-client-test-discovery-jwks-uri-keys': {
    ...ours,
    must: 'accept',
    what: 'The key set is where the discovery document says.',
    behaviour: { paths: { jwks: 'published/keys-2026.json' } },
  },
  'oidcc-client-test-discovery-issuer-mismatch': {
    ...ours,
    must: 'reject',
    what: 'The discovery document names another issuer than the one it is found under.',
    behaviour: { discovery: (document, issuer) => ({ ...document, issuer: `${issuer}another/` }) },
  },
  'oidcc-client-test-signing-key-rotation': {
    ...ours,
    must: 'accept',
    what: 'Between two sign-ins the keys are replaced.',
    behaviour: { betweenSignIns: (ring) => ring.rotate.replaceAll() },
  },
  'oidcc-client-test-signing-key-rotation-just-before-signing': {
    ...ours,
    must: 'accept',
    what: 'The keys are replaced after they were read and before the ID token is signed.',
    behaviour: { beforeSigning: (ring) => ring.rotate.replaceAll() },
  },
} as const satisfies Record<string, Module>;
