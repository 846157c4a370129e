import { type Static, Type } from 'typebox';

const Id = Type.String({ format: 'uuid' });
const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });
const Name = Type.String({ minLength: 1, maxLength: 256, pattern: '\\S' });
const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' });

/** As it is set; what a person types to sign in may be anything. */
export const NewPassword = Type.String({ minLength: 8, maxLength: 4096 });

export const StaffRole = Type.Enum([
  'agent',
  'supervisor',
  'administrator',
  'developer',
  'secrets',
]);

/** What somebody is signed in with on one device. */
export const StaffSession = Type.Object({
  id: Type.String(),
  /** Of the network it was begun from. */
  address: Type.Union([Type.String(), Type.Null()]),
  userAgent: Type.Union([Type.String(), Type.Null()]),
  createdAt: Time,
  /** To the minute. */
  lastSeenAt: Time,
  /** Whether it is the one that asks. */
  current: Type.Boolean(),
});
export type StaffSession = Static<typeof StaffSession>;

export const Passkey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Whether it is kept on several devices of the person. */
  synced: Type.Boolean(),
  createdAt: Type.Union([Time, Type.Null()]),
});
export type Passkey = Static<typeof Passkey>;

/** What a person signs in with. */
export const Account = Type.Object({
  email: Type.String(),
  name: Type.String(),
  /** Whether a password is set; asked for before anything here is changed. */
  password: Type.Boolean(),
  secondFactor: Type.Boolean(),
  passkeys: Type.Array(Passkey),
  /** Whether this node can have passkeys: not at an address without a name. */
  passkeysWork: Type.Boolean(),
  /** The name of the company's own sign-in once it is bound to this person. */
  company: Type.Union([Type.String(), Type.Null()]),
});
export type Account = Static<typeof Account>;

export const SecondFactorBegun = Type.Object({
  /** `otpauth:` URI, for an authenticator app. */
  uri: Type.String(),
  recoveryCodes: Type.Array(Type.String()),
});
export type SecondFactorBegun = Static<typeof SecondFactorBegun>;

/** A link by which a person comes in for the first time, or again. */
export const Invitation = Type.Object({
  id: Id,
  userId: Id,
  email: Type.String(),
  name: Type.String(),
  startOver: Type.Boolean(),
  createdBy: Type.Union([Type.String(), Type.Null()]),
  createdAt: Time,
  expiresAt: Time,
});
export type Invitation = Static<typeof Invitation>;

export const InvitationRequest = Type.Object(
  {
    email: Email,
    /** With `roles`: the user is created. Without both: the user is there. */
    name: Type.Optional(Name),
    roles: Type.Optional(Type.Array(StaffRole, { minItems: 1, maxItems: 5, uniqueItems: true })),
    /** Takes the second factor, the passkeys and the company's sign-in away once the link is used. */
    startOver: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type InvitationRequest = Static<typeof InvitationRequest>;

/** The only time that the link itself is told. */
export const InvitationMade = Type.Object({ invitation: Invitation, url: Type.String() });
export type InvitationMade = Static<typeof InvitationMade>;

/** What stands behind the token of a link. */
export const Welcome = Type.Union([
  Type.Object({ kind: Type.Literal('first') }),
  Type.Object({
    kind: Type.Literal('invitation'),
    email: Type.String(),
    name: Type.String(),
    /** Whether a code is asked for once the password is set. */
    secondFactor: Type.Boolean(),
    passkey: Type.Boolean(),
  }),
]);
export type Welcome = Static<typeof Welcome>;

export const FirstAdministrator = Type.Object(
  { token: Type.String({ maxLength: 200 }), name: Name, email: Email, password: NewPassword },
  { additionalProperties: false },
);

/** How people can sign in at this node. */
export const SignInWays = Type.Object({
  password: Type.Boolean(),
  passkey: Type.Boolean(),
  company: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
});
export type SignInWays = Static<typeof SignInWays>;
