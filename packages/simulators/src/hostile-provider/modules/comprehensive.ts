import type { Module } from '../module.ts';
import { byClientSecret, byEllipticCurve, encrypted } from '../odd-signatures.ts';
import { unusableKeys } from '../unusable-keys.ts';
import { without } from '../without.ts';

const ours = { plan: 'comprehensive', relyingParty: 'node' } as const;

/** What `oidcc-client-test-plan` has beyond the basic plan. */
export const comprehensiveModules = {
  'oidcc-client-test-missing-aud': {
    ...ours,
    must: 'reject',
    what: 'The ID token has no `aud`.',
    behaviour: { idToken: (claims) => without(claims, 'aud') },
  },
  'oidcc-client-test-userinfo-bearer-header': {
    ...ours,
    must: 'accept',
    what: 'UserInfo takes the access token in the Authorization header alone.',
    behaviour: { takesBearerIn: 'header' },
  },
  'oidcc-client-test-userinfo-bearer-body': {
    ...ours,
    must: 'refuse-deliberately',
    what: 'UserInfo takes the access token in a form alone; we send the header, which every provider has to take (RFC 6750 §2.1), and nothing else.',
    behaviour: { takesBearerIn: 'body' },
  },
  'oidcc-client-test-userinfo-signed': {
    ...ours,
    must: 'accept',
    what: 'UserInfo is a JWT that the provider signs.',
    behaviour: { signsUserInfo: true },
  },
  'oidcc-client-test-nonce-unless-code-flow': {
    ...ours,
    must: 'accept',
    what: 'No `nonce` was sent, as the code flow allows, and none comes back.',
    behaviour: {},
  },
  'oidcc-client-test-invalid-sig-hs256': {
    ...ours,
    must: 'reject',
    what: 'The ID token is signed with HS256.',
    behaviour: { signIdToken: byClientSecret },
  },
  'oidcc-client-test-invalid-sig-es256': {
    ...ours,
    must: 'reject',
    what: 'The ID token is signed with ES256, by a key that nobody publishes.',
    behaviour: { signIdToken: byEllipticCurve },
  },
  'oidcc-client-test-aggregated-claims': {
    ...ours,
    must: 'accept',
    what: 'UserInfo hands on claims that somebody else signed; we leave them alone.',
    behaviour: {
      userInfo: (claims) => ({
        ...claims,
        _claim_names: { address: 'src1' },
        _claim_sources: { src1: { JWT: AGGREGATED } },
      }),
    },
  },
  'oidcc-client-test-distributed-claims': {
    ...ours,
    must: 'accept',
    what: 'UserInfo says where further claims are; we do not go there.',
    behaviour: {
      userInfo: (claims, issuer) => ({
        ...claims,
        _claim_names: { credit_score: 'src1' },
        _claim_sources: { src1: { endpoint: `${issuer}claims`, access_token: 'of-the-source' } },
      }),
    },
  },
  'oidcc-client-test-form-post-error': {
    ...ours,
    must: 'reject',
    what: 'The request is answered with `login_required`, as a form that posts itself; there is no code.',
    behaviour: {},
  },
  'oidcc-client-test-mtls-endpoint-aliases': {
    ...ours,
    must: 'accept',
    what: 'Further endpoints are for clients with a certificate; we have none and use the others.',
    behaviour: {
      discovery: (document, issuer) => ({
        ...document,
        mtls_endpoint_aliases: {
          token_endpoint: `${issuer}mtls/token`,
          userinfo_endpoint: `${issuer}mtls/userinfo`,
        },
        tls_client_certificate_bound_access_tokens: true,
      }),
    },
  },
  'oidcc-client-test-invalid-athash': {
    ...ours,
    must: 'reject',
    what: 'The `at_hash` of the ID token is of another access token.',
    behaviour: { idToken: (claims) => ({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
  },
  'oidcc-client-test-missing-athash': {
    ...ours,
    must: 'accept',
    what: 'The ID token has no `at_hash`, which the code flow leaves open (Core §3.1.3.6); the plan asks for it in other flows.',
    behaviour: { idToken: (claims) => without(claims, 'at_hash') },
  },
  'oidcc-client-test-invalid-chash': {
    ...ours,
    must: 'refuse-deliberately',
    what: 'Code and ID token come together with a wrong `c_hash`; we do not offer the hybrid flow.',
    behaviour: {
      isHybrid: true,
      idToken: (claims) => ({ ...claims, c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    },
  },
  'oidcc-client-test-missing-chash': {
    ...ours,
    must: 'refuse-deliberately',
    what: 'Code and ID token come together without `c_hash`; we do not offer the hybrid flow.',
    behaviour: { isHybrid: true },
  },
  'oidcc-client-test-ignores-unparseable-key-in-jwks': {
    ...ours,
    must: 'accept',
    what: 'Beside the key there are some that nobody can read: of a kind to come, and made up.',
    behaviour: {
      keySet: (ring) => [...unusableKeys, ...ring.published.map(({ jwk }) => jwk)],
    },
  },
  /** Not a module of the suite: there it is a registration (`id_token_encrypted_response_alg`). */
  'oidcc-client-test-encrypted-idtoken': {
    ...ours,
    must: 'refuse-deliberately',
    what: 'The ID token is encrypted; we take signed ones alone.',
    behaviour: { signIdToken: encrypted },
  },
} as const satisfies Record<string, Module>;

/** Its content does not matter: nobody is to read it. */
const AGGREGATED = brokenAggregate();

function brokenAggregate(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ address: { locality: 'Tromsø' } })}.AAAA`;
}
