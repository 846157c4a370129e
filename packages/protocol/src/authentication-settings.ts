import { type Static, Type } from 'typebox';

const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });
const orNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const KeyVerdict = Type.Enum([
  'in-use',
  'safe-to-retire',
  'retired',
  'expires-soon',
  'expired',
  'unused-yet',
]);
export type KeyVerdict = Static<typeof KeyVerdict>;

/** A public key as it was seen at its URL. */
export const KeyHealth = Type.Object({
  url: Type.String(),
  kid: orNull(Type.String()),
  algorithm: Type.Literal('RS256'),
  bits: Type.Integer(),
  thumbprint: Type.String({
    description: 'the first 16 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo',
  }),
  firstSeen: Time,
  lastSeen: Time,
  lastUsed: orNull(Time),
  expiresAt: orNull(Time),
  usesPerDay: Type.Array(Type.Object({ day: Type.String(), uses: Type.Integer() }), {
    description: '30 days, oldest first, days in UTC',
  }),
  verdict: KeyVerdict,
  why: Type.String(),
});
export type KeyHealth = Static<typeof KeyHealth>;

/** A URL that a setting's keys come from. */
export const KeySource = Type.Object({
  kind: Type.Enum(['discovery', 'keys']),
  url: Type.String(),
  fetchedAt: orNull(Time),
  lastFailure: orNull(Type.Object({ at: Time, problem: Type.String() })),
  failing: Type.Boolean({ description: 'the last fetch failed' }),
  clockSkewSeconds: orNull(
    Type.Number({ description: 'its clock minus ours, by the `Date` of its last good answer' }),
  ),
  unusable: Type.Array(Type.Object({ kid: orNull(Type.String()), why: Type.String() })),
});
export type KeySource = Static<typeof KeySource>;

export const SettingHealth = Type.Object({
  colour: Type.Enum(['green', 'amber', 'red']),
  why: Type.String(),
});
export type SettingHealth = Static<typeof SettingHealth>;

/** Guests who were admitted since the setting only observes. Counted by the hour, the one under way included. */
export const WouldBeRefused = Type.Object({
  last24h: Type.Integer(),
  last7d: Type.Integer(),
});
export type WouldBeRefused = Static<typeof WouldBeRefused>;

/** An authentication setting as administrators and developers watch it. */
export const AuthenticationSettingStatus = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.Enum(['openid-connect', 'signed-token']),
  usedBy: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
    description: 'deployments',
  }),
  sources: Type.Array(KeySource),
  keys: Type.Array(KeyHealth),
  lastSuccess: orNull(Type.Object({ at: Time, reference: Type.String() })),
  lastFailure: orNull(Type.Object({ at: Time, reference: Type.String(), reason: Type.String() })),
  health: SettingHealth,
  wouldBeRefused: WouldBeRefused,
});
export type AuthenticationSettingStatus = Static<typeof AuthenticationSettingStatus>;
