import type { CheckLog, Refusal } from './check-log.ts';
import { checkAlgorithm } from './checks/check-algorithm.ts';
import { checkHeaderParameters } from './checks/check-header-parameters.ts';
import { checkKeyId } from './checks/check-key-id.ts';
import { checkLogoutType } from './checks/check-logout-type.ts';
import { checkSignature, hasSignature } from './checks/check-signature.ts';
import { checkTokenKind } from './checks/check-token-kind.ts';
import { checkType } from './checks/check-type.ts';
import { type CompactJws, parseCompactJws } from './compact-jws.ts';
import type { KeySets } from './keys/key-sets.ts';
import { refuseKey } from './keys/refuse-key.ts';
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

/** A token that has the right form; nothing of it is believed yet. */
export interface ParsedToken extends CompactJws {
  claims: JsonObject;
}

export interface VerifyDeps {
  keySets: KeySets;
  nowMs: number;
  log: CheckLog;
}

/** Before any key is looked for, so that such tokens cost no fetch. */
export const HEADER_CHECKS: readonly TokenCheck[] = [
  checkType,
  checkAlgorithm,
  checkHeaderParameters,
  checkKeyId,
];

const LOGOUT_HEADER_CHECKS: readonly TokenCheck[] = [checkLogoutType, ...HEADER_CHECKS.slice(1)];

/**
 * The order every token goes through: form, header, key, signature, claims (RFC 7519 §7.2, RFC 8725
 * §3). `claimChecks` are those of its kind. Fetches keys at most; records nothing.
 */
export function verifyToken(
  token: string,
  rules: TokenRules,
  claimChecks: readonly TokenCheck[],
  deps: VerifyDeps,
): Promise<Examination> {
  const parsed = parseToken(token, deps.log);
  if ('reason' in parsed) return Promise.resolve({ refusal: parsed, claims: null, keyId: null });
  return verifyParsedToken(parsed, rules, claimChecks, deps);
}

/** The first step: the form. */
export function parseToken(token: string, log: CheckLog): ParsedToken | Refusal {
  const jws = parseCompactJws(token);
  if ('problem' in jws) return malformed(log, jws.problem);
  const payload = parseStrictJson(jws.payload);
  if ('problem' in payload) return malformed(log, `payload: ${payload.problem}`);
  const claims = payload.value;
  log.pass('form', `claims: ${shown(Object.keys(claims).join(', '))}`, 'a compact signed JWT');
  return { ...jws, claims };
}

/** All further steps. */
export async function verifyParsedToken(
  parsed: ParsedToken,
  rules: TokenRules,
  claimChecks: readonly TokenCheck[],
  { keySets, nowMs, log }: VerifyDeps,
): Promise<Examination> {
  const { header, claims } = parsed;
  const attempt: TokenAttempt = { ...parsed, log, rules, issuerClock: keySets, nowMs };
  const kid = typeof header.kid === 'string' ? header.kid : null;
  const examined = (refusal: Refusal | null): Examination => ({ refusal, claims, keyId: kid });

  const headerChecks = rules.kind === 'logout' ? LOGOUT_HEADER_CHECKS : HEADER_CHECKS;
  const headerRefusal = runChecks(headerChecks, attempt) ?? checkTokenKind(attempt);
  if (headerRefusal !== null) return examined(headerRefusal);

  let lookup = await keySets.find(rules.keysUrl, kid);
  if (lookup.found !== 'key') return examined(refuseKey(attempt, kid, lookup));
  let fits = hasSignature(lookup.key, parsed);
  if (!fits) {
    const renewed = await keySets.findAgain(rules.keysUrl, kid, lookup.key);
    lookup = renewed ?? lookup;
    if (lookup.found !== 'key') return examined(refuseKey(attempt, kid, lookup));
    fits = renewed !== null && hasSignature(lookup.key, parsed);
  }
  const { key } = lookup;
  log.pass('key', key.kid === null ? 'the only key' : shown(key.kid), rules.keysUrl);
  return examined(checkSignature(attempt, key, fits) ?? runChecks(claimChecks, attempt));
}

function malformed(log: CheckLog, problem: string): Refusal {
  return log.refuse('form', 'malformed', {
    observed: problem,
    expected: 'a compact signed JWT',
    hint: problem.includes('JWE')
      ? 'The token is encrypted (a JWE of 5 segments); switch encryption off where it is made and send the signed JWT.'
      : `The token is not a well-formed JWT (${problem}); pass it on exactly as the library made it.`,
  });
}
