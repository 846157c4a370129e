import { type Static, Type } from 'typebox';

const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });
const orNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** One named check of an attempt, in the order they ran. */
export const AttemptCheck = Type.Object({
  name: Type.String(),
  passed: Type.Boolean(),
  observed: Type.Optional(Type.String()),
  expected: Type.Optional(Type.String()),
  judged: Type.Optional(
    Type.Literal(false, { description: 'of a tried token: only a whole sign-in can show this' }),
  ),
});
export type AttemptCheck = Static<typeof AttemptCheck>;

/** A claim that the token has: its value where that may be shown, else its kind and size. */
export const AttemptClaim = Type.Object({
  name: Type.String(),
  shown: Type.String({ description: 'the value, or such as "text, 12 characters"' }),
  redacted: Type.Boolean(),
});
export type AttemptClaim = Static<typeof AttemptClaim>;

/** The key that an attempt's signature was held against. */
export const AttemptKey = Type.Object({
  kid: orNull(Type.String()),
  url: Type.String(),
  thumbprint: Type.String({
    description: 'the first 16 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo',
  }),
});
export type AttemptKey = Static<typeof AttemptKey>;

const Outcome = Type.Enum(['accepted', 'refused']);

/** What of an attempt is told live. */
export const AttemptSummary = Type.Object({
  id: Type.String(),
  reference: Type.String(),
  at: Time,
  settingId: orNull(Type.String()),
  setting: Type.String(),
  deployment: Type.String(),
  channel: Type.String(),
  outcome: Outcome,
  reason: orNull(Type.String()),
  subject: orNull(Type.String()),
});
export type AttemptSummary = Static<typeof AttemptSummary>;

/** What the checks of a token found, whether or not it was recorded. */
const Findings = Type.Object({
  outcome: Outcome,
  reason: orNull(Type.String()),
  hint: orNull(Type.String()),
  issuer: orNull(Type.String()),
  subject: orNull(Type.String()),
  keyId: orNull(Type.String({ description: 'as the token names it' })),
  checks: Type.Array(AttemptCheck),
  claims: Type.Array(AttemptClaim),
  key: orNull(AttemptKey),
  issuedAheadSeconds: orNull(
    Type.Number({ description: "`iat` minus this node's time; negative: issued before" }),
  ),
  clockSkewSeconds: orNull(
    Type.Number({ description: 'the clock behind the key URL minus ours, by its `Date`' }),
  ),
  durationMs: orNull(Type.Number({ description: 'the checks, fetches included' })),
});

export const Attempt = Type.Intersect([AttemptSummary, Findings]);
export type Attempt = Static<typeof Attempt>;

/** What became of a token that was tried; it has no reference, for nothing was recorded. */
export const TriedToken = Findings;
export type TriedToken = Static<typeof TriedToken>;
