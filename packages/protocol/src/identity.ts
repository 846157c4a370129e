import { type Static, Type } from 'typebox';

/** What is known of who the customer is. "Authenticated: Yes" means `verified` and nothing else. */
export const IdentityState = Type.Enum(['anonymous', 'claimed', 'verified', 'lapsed']);
export type IdentityState = Static<typeof IdentityState>;

/** How a customer can be proven: the types of an authentication setting. */
export const AuthenticationMethod = Type.Enum(['openid-connect', 'signed-token', 'apple-oauth']);
export type AuthenticationMethod = Static<typeof AuthenticationMethod>;

const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });

/**
 * The identity of a conversation as it is now. All but `state` are present when the customer
 * has been proven at least once (`verified`, `lapsed`).
 */
export const Identity = Type.Object({
  state: IdentityState,
  method: Type.Optional(AuthenticationMethod),
  setting: Type.Optional(Type.String({ description: 'name of the authentication setting' })),
  issuer: Type.Optional(Type.String()),
  subject: Type.Optional(Type.String()),
  keyId: Type.Optional(Type.String()),
  since: Type.Optional(Time),
  until: Type.Optional(Type.Union([Time, Type.Null()], { description: 'null: session end' })),
});
export type Identity = Static<typeof Identity>;

/** Where the value of a context variable comes from; only `signed` is vouched for by a proof. */
export const Origin = Type.Enum(['signed', 'customer', 'system']);
export type Origin = Static<typeof Origin>;

export const ContextVariable = Type.Object({
  name: Type.String({ maxLength: 100 }),
  value: Type.Union([Type.String({ maxLength: 4000 }), Type.Number()]),
  origin: Origin,
});
export type ContextVariable = Static<typeof ContextVariable>;

/** Why a proof was refused: stable, documented in docs/subsystems/identity.md. */
export const reasons = [
  'malformed',
  'alg_not_allowed',
  'type',
  'key_unknown',
  'keys_unavailable',
  'key_unusable',
  'bad_signature',
  'issuer',
  'audience',
  'subject',
  'expired',
  'not_yet_valid',
  'issued_in_future',
  'lifetime',
  'nonce',
  'max_age',
  'code_refused',
  'provider_unavailable',
  'implicit_flow_off',
  'setting_missing',
  'replay',
  'userinfo',
  'refresh_refused',
  'logout_event',
  'site_function_missing',
  'site_function_failed',
  'site_no_token',
  'site_timeout',
  'token_undecryptable',
  'token_exchange_failed',
  'profile_lookup_failed',
  'unmatched_reply',
  'unconfirmed_by_device',
  'device_failed',
] as const;
export type Reason = (typeof reasons)[number];
