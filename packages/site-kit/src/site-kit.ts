import { randomUUID, sign } from 'node:crypto';
import { type Customer, claimsOf } from './customer.ts';
import { createKeyRing } from './key-ring.ts';
import { type KeyFormat, type PublishedKeys, publishKeys } from './publish-keys.ts';
import type { KeyOptions, SigningKey } from './signing-key.ts';
import { SiteKitError } from './site-kit-error.ts';

export interface SiteKitOptions {
  /** `iss`: the name of your site, as the authentication setting has it. */
  issuer: string;
  /** `aud`, where the setting names an audience. */
  audience?: string | undefined;
  keys: readonly KeyOptions[];
  /** How long a token is good for. Default 15 minutes, the most is a day. */
  lifetimeSeconds?: number | undefined;
  /** Milliseconds since the epoch. Default: the system's clock. */
  now?: (() => number) | undefined;
}

export interface SiteKit {
  /** A token about somebody who is signed in to your site. Throws `SiteKitError`. */
  sign(customer: Customer): string;
  /** What your key URL answers. */
  publicKeys(format?: KeyFormat): PublishedKeys;
}

const LIFETIME_S = 15 * 60;
const SHORTEST_S = 30;
const LONGEST_S = 86_400;
/** What a node takes. */
const LONGEST_TOKEN = 16_384;

/** Throws `SiteKitError` when something in the options cannot work. */
export function createSiteKit(options: SiteKitOptions): SiteKit {
  const { issuer, audience, keys, lifetimeSeconds = LIFETIME_S, now = Date.now } = options;
  checkName('issuer', issuer);
  if (audience !== undefined) checkName('audience', audience);
  if (!(lifetimeSeconds >= SHORTEST_S && lifetimeSeconds <= LONGEST_S))
    throw invalid(
      `\`lifetimeSeconds\` is ${lifetimeSeconds}; ${SHORTEST_S} to ${LONGEST_S} are possible.`,
    );
  const ring = createKeyRing(keys, lifetimeSeconds * 1000);
  return {
    sign(customer) {
      const nowMs = now();
      const iat = Math.floor(nowMs / 1000);
      const key = ring.signing(nowMs);
      // Past its end a key proves nothing
      const exp = Math.min(iat + Math.floor(lifetimeSeconds), Math.floor(key.retireAt / 1000));
      const terms = { iss: issuer, ...(audience !== undefined && { aud: audience }) };
      // A `jti` of its own, for settings that take each token once
      const times = { iat, nbf: iat, exp, jti: randomUUID() };
      const token = signed({ ...terms, ...times, ...claimsOf(customer) }, key);
      if (token.length <= LONGEST_TOKEN) return token;
      throw new SiteKitError(
        'token_too_long',
        `The token would have ${token.length} characters; a node takes ${LONGEST_TOKEN}. Give fewer or shorter facts.`,
      );
    },
    publicKeys(format = 'jwks') {
      const nowMs = now();
      return publishKeys(format, ring.published(nowMs), ring.signing(nowMs));
    },
  };
}

/** RS256 (RFC 7518 §3.3). */
function signed(claims: object, { id, privateKey }: SigningKey): string {
  const input = [{ alg: 'RS256', typ: 'JWT', kid: id }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`;
}

function checkName(member: 'issuer' | 'audience', value: unknown): void {
  if (typeof value === 'string' && value !== '' && value === value.trim()) return;
  throw invalid(
    `\`${member}\` has to be a text without spaces around it, to the letter the \`${member}\` of the authentication setting, such as "shop.example".`,
  );
}

const invalid = (message: string): SiteKitError => new SiteKitError('invalid_option', message);
