import { addressOf, type IssuerState } from '../issuer-state.ts';
import type { Claims } from '../module.ts';

const EVERY_METHOD = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'];

/** OpenID Connect Discovery §3, RFC 8414, RFC 9207 §3, and the metadata of the three logouts. */
export function discoveryDocument(state: IssuerState): Claims {
  const { issuer, module } = state;
  const { behaviour } = module;
  const document = {
    issuer,
    authorization_endpoint: addressOf(state, 'authorization'),
    token_endpoint: addressOf(state, 'token'),
    userinfo_endpoint: addressOf(state, 'userinfo'),
    jwks_uri: addressOf(state, 'jwks'),
    end_session_endpoint: addressOf(state, 'end_session'),
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    response_types_supported: behaviour.isHybrid ? ['code id_token'] : ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    userinfo_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: behaviour.clientMethods ?? EVERY_METHOD,
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'name', 'given_name', 'family_name', 'email', 'locale'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
  };
  return behaviour.discovery?.(document, issuer) ?? document;
}
