import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';
import type { KeyLookup } from './key-sets.ts';

type NoKey = Exclude<KeyLookup, { found: 'key' }>;

const REASONS = {
  unknown: 'key_unknown',
  unusable: 'key_unusable',
  unavailable: 'keys_unavailable',
} as const;

/** The attempt ends since no key can be held against its signature. */
export function refuseKey(
  { log, rules }: TokenAttempt,
  kid: string | null,
  lookup: NoKey,
): Refusal {
  const asked = kid === null ? 'a token without kid' : `kid ${shown(kid)}`;
  return log.refuse('key', REASONS[lookup.found], {
    observed: shown(lookup.why),
    expected: `a usable key for ${asked} at ${rules.keysUrl}`,
    hint: hintOf(asked, kid, rules.keysUrl, lookup),
  });
}

function hintOf(asked: string, kid: string | null, url: string, { found, why }: NoKey): string {
  if (found === 'unavailable') return `The public keys at ${url} could not be read: ${why}.`;
  if (found === 'unusable') return `The key for ${asked} at ${url} cannot be used: ${why}.`;
  if (kid === null)
    return `The token names no key, and ${url} publishes several: put the \`kid\` of the signing key into the token's header.`;
  return `${url} has no key for ${asked}: ${why}; publish the key before signing with it, and name it by kid.`;
}
