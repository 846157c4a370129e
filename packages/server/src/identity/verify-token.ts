import type { CheckLog, Refusal } from './check-log.ts';
import { checkAlgorithm } from './checks/check-algorithm.ts';
import { checkHeaderParameters } from './checks/check-header-parameters.ts';
import { checkKeyId } from './checks/check-key-id.ts';
import { checkSignature } from './checks/check-signature.ts';
import { checkTokenKind } from './checks/check-token-kind.ts';
import { checkType } from './checks/check-type.ts';
import { parseCompactJws } from './compact-jws.ts';
import type { KeyLookup, KeySets } from './keys/key-sets.ts';
import { shown } from './shown.ts';
import { type JsonObject, parseStrictJson } from './strict-json.ts';
import { runChecks, type TokenAttempt, type TokenCheck, type TokenRules } from './token-attempt.ts';

/** What came of a token. The claims of a refused one are only what it says of itself. */
export interface Examination {
  refusal: Refusal | null;
  /** Null when the token could not be taken apart. */
  claims: JsonObject | null;
  keyId: string | null;
}

/** Before any key is looked for, so that such tokens cost no fetch. */
export const HEADER_CHECKS: readonly TokenCheck[] = [
  checkType,
  checkAlgorithm,
  checkHeaderParameters,
  checkKeyId,
];

/**
 * The order every token goes through: form, header, key, signature, claims (RFC 7519 §7.2, RFC 8725
 * §3). `claimChecks` are those of its kind. Fetches keys at most; records nothing.
 */
export async function verifyToken(
  token: string,
  rules: TokenRules,
  claimChecks: readonly TokenCheck[],
  deps: { keySets: KeySets; nowMs: number; log: CheckLog },
): Promise<Examination> {
  const { log, nowMs } = deps;
  const jws = parseCompactJws(token);
  if ('problem' in jws) return { refusal: malformed(log, jws.problem), claims: null, keyId: null };
  const payload = parseStrictJson(jws.payload);
  if ('problem' in payload)
    return { refusal: malformed(log, `payload: ${payload.problem}`), claims: null, keyId: null };
  const { header } = jws;
  const claims = payload.value;
  log.pass('form', `claims: ${shown(Object.keys(claims).join(', '))}`, 'a compact signed JWT');
  const attempt: TokenAttempt = { ...jws, claims, log, rules, nowMs };
  const kid = typeof header.kid === 'string' ? header.kid : null;
  const examined = (refusal: Refusal | null): Examination => ({ refusal, claims, keyId: kid });

  const headerRefusal = runChecks(HEADER_CHECKS, attempt) ?? checkTokenKind(attempt);
  if (headerRefusal !== null) return examined(headerRefusal);
  const lookup = await deps.keySets.find(rules.keysUrl, kid);
  if (lookup.found !== 'key') return examined(refuseKey(attempt, kid, lookup));
  const { key } = lookup;
  log.pass('key', key.kid === null ? 'the only key' : shown(key.kid), rules.keysUrl);
  return examined(checkSignature(attempt, key) ?? runChecks(claimChecks, attempt));
}

const malformed = (log: CheckLog, problem: string): Refusal =>
  log.refuse('form', 'malformed', {
    observed: problem,
    expected: 'a compact signed JWT',
    hint: `The token is not a well-formed JWT (${problem}); pass it on exactly as the library made it.`,
  });

const KEY_REASONS = {
  unknown: 'key_unknown',
  unusable: 'key_unusable',
  unavailable: 'keys_unavailable',
} as const;

function refuseKey(
  { log, rules }: TokenAttempt,
  kid: string | null,
  lookup: Exclude<KeyLookup, { found: 'key' }>,
): Refusal {
  const asked = kid === null ? 'a token without kid' : `kid ${shown(kid)}`;
  return log.refuse('key', KEY_REASONS[lookup.found], {
    observed: shown(lookup.why),
    expected: `a usable key for ${asked} at ${rules.keysUrl}`,
    hint: keyHint(asked, rules.keysUrl, lookup),
  });
}

function keyHint(asked: string, url: string, { found, why }: { found: string; why: string }) {
  if (found === 'unavailable') return `The public keys at ${url} could not be read: ${why}.`;
  if (found === 'unusable') return `The key for ${asked} at ${url} cannot be used: ${why}.`;
  return `${url} has no key for ${asked}: ${why}; publish the key before signing with it, and name it by kid.`;
}
