import { Type } from 'typebox';

/**
 * The kinds of value of the configuration file. `expected` completes the sentence "expected …" of a
 * fault where the schema alone would explain itself badly.
 */
export const Id = Type.String({
  description: 'UUID; without one the object is matched by its name',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  expected: 'a UUID in lower case',
});

/** The source of a secret, as written in the file. */
export const SecretSource = Type.Union(
  [
    Type.String({ minLength: 1, maxLength: 4096 }),
    Type.Object({ env: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    Type.Object({ file: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  ],
  {
    description: 'A text, { env: NAME } or { file: PATH }',
    expected: 'a text, { env: NAME } or { file: PATH }',
    secret: true,
  },
);

/** The same place once the source has been read. */
export const OpenedSecret = Type.String({ minLength: 1, maxLength: 4096 });

export const text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description });

/** Names that Omnichannel caps at 100 characters: settings and context variables (§1.1, §3.1). */
export const ShortName = text(100, 'unique within its section');
export const Name = text(256, 'unique within its section');

/** The name of an object of another section, in the file or already stored. */
export const reference = (what: string) => text(256, `name of ${what}`);

export const WebUrl = Type.String({
  maxLength: 256,
  pattern: '^https?://[^\\s/?#@]+(/[^\\s#]*)?$',
  expected:
    'an absolute http or https URL of at most 256 characters, without user name and fragment',
});

/** No wider than what the sign-in form accepts, so that whoever is in the file can sign in. */
export const Email = Type.String({
  maxLength: 254,
  pattern:
    "^(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}$",
  expected: 'an email address',
});

export const HostName = Type.String({
  maxLength: 253,
  pattern: '^(?!-)[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*$',
  expected: 'a host name without scheme, port or path, such as shop.example',
});

export const GlobalFunction = Type.String({
  maxLength: 100,
  pattern: '^[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*$',
  expected: 'the dotted name of a global function, such as auth.getAuthenticationToken',
});

export const Language = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  expected: 'a language tag, such as en or de-AT',
});

export const Color = Type.String({
  pattern: '^#[0-9A-Fa-f]{6}$',
  expected: 'a colour such as "#0b5fff", in quotes',
});

export const Hours = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
  expected: 'hours such as "09:00-17:00"',
});

export const Day = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  expected: 'a date such as 2027-01-01',
});

export const UtcMinute = Type.String({
  pattern:
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:00)?Z$',
  expected: 'a minute in UTC such as "2027-03-02T17:00Z"',
});

/** A picture that stands in the file itself: Apple takes it inside the message. */
export const Base64 = Type.String({
  minLength: 4,
  maxLength: 700_000,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
  expected: 'Base64 of at most 512 KB',
});

export const MediaType = Type.String({
  pattern: '^[a-z]+/(\\*|[a-zA-Z0-9][a-zA-Z0-9.+-]*)$',
  expected: 'a media type such as "image/*" or "application/pdf"',
});

export const seconds = (minimum: number, maximum: number, initial: number, description: string) =>
  Type.Integer({ minimum, maximum, default: initial, description: `seconds; ${description}` });

/** Lower goes first. */
export const Priority = Type.Integer({
  minimum: 0,
  maximum: 1_000_000,
  default: 10,
  description: 'lower goes first',
});

export const flag = (initial: boolean, description: string) =>
  Type.Boolean({ default: initial, description });
