/** What a token says of a customer, checked here so that a mistake is found on the site and not by a customer. */
import { SiteKitError } from './site-kit-error.ts';

export type Fact = string | number | boolean;

export interface Customer {
  /** Stable for ever and never given to somebody else: the id of the customer's record, not an e-mail address. */
  id: string;
  givenName?: string | undefined;
  familyName?: string | undefined;
  /** Shown where there is neither a given nor a family name. */
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  /** BCP 47, such as `de-AT`. */
  locale?: string | undefined;
  /** Signed context variables, by their exact names in the workstream. */
  facts?: Readonly<Record<string, Fact>> | undefined;
}

type Claims = Record<string, string>;

const LONGEST_ID = 255;
const MOST_FACTS = 100;
const LONGEST_FACT_NAME = 100;
const LONGEST_FACT = 4000;

const CLAIMS = [
  ['givenName', 'given_name', 100],
  ['familyName', 'family_name', 100],
  ['name', 'name', 200],
  ['email', 'email', 320],
  ['phone', 'phone_number', 50],
  ['locale', 'locale', 35],
] as const;

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The claims of a token that are about the person. Throws `invalid_customer`. */
export function claimsOf(customer: Customer): Claims {
  const claims: Claims = { sub: idOf(customer) };
  for (const [member, claim, longest] of CLAIMS) {
    const value: unknown = customer[member];
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string')
      refuse(`\`${member}\` is not a string; leave it out, or give the text.`);
    if (value.length > longest)
      refuse(
        `\`${member}\` has ${value.length} characters; at most ${longest} are shown, so shorten it.`,
      );
    claims[claim] = value;
  }
  const facts = factsOf(customer);
  // A text with JSON within the token's JSON (Omnichannel spec §1.4)
  if (facts.length > 0) claims.lwicontexts = JSON.stringify(Object.fromEntries(facts));
  return claims;
}

function idOf({ id }: Customer): string {
  const given: unknown = id;
  if (typeof given === 'number')
    refuse('`id` is a number; give `String(id)`, so that no digit is lost.');
  if (typeof given !== 'string' || given === '')
    refuse(
      '`id` is missing; give the id of the customer’s record. For nobody, answer null instead.',
    );
  if (given.length > LONGEST_ID)
    refuse(`\`id\` has ${given.length} characters; a node takes ${LONGEST_ID}.`);
  if (given !== given.trim()) refuse('`id` begins or ends with a space; trim it.');
  if (INVISIBLE.test(given) || given !== given.normalize('NFKC'))
    refuse(
      '`id` holds characters that look like others or like nothing; use the record’s plain id.',
    );
  return given;
}

function factsOf({ facts = {} }: Customer): [string, Fact][] {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
  if (entries.length > MOST_FACTS)
    refuse(`\`facts\` has ${entries.length} members; a conversation takes ${MOST_FACTS}.`);
  for (const [name, value] of entries) {
    if (name === '' || name.length > LONGEST_FACT_NAME)
      refuse(
        `A name in \`facts\` has ${name.length} characters; 1 to ${LONGEST_FACT_NAME} are possible.`,
      );
    if (!['string', 'number', 'boolean'].includes(typeof value) || Number.isNaN(value))
      refuse(
        `The fact \`${name}\` is no string, number or boolean; give its text, such as a date in ISO form.`,
      );
    if (typeof value === 'string' && (value.length > LONGEST_FACT || value.includes('\0')))
      refuse(`The fact \`${name}\` is longer than ${LONGEST_FACT} characters, or holds U+0000.`);
  }
  return entries;
}

function refuse(message: string): never {
  throw new SiteKitError('invalid_customer', message);
}
