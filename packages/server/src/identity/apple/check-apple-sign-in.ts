import type { Outbound } from '../../platform/index.ts';
import { CheckLog, type Refusal } from '../check-log.ts';
import type { Examined } from '../check-signed-token.ts';
import type { KeySets } from '../keys/key-sets.ts';
import { ID_TOKEN_CHECKS } from '../provider/id-token.ts';
import type { AppleOauthSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import type { JsonObject } from '../strict-json.ts';
import { verifyToken } from '../verify-token.ts';
import { appleIdentity } from './apple-identity.ts';
import { decryptToken } from './decrypt-token.ts';
import type { AppleEvidence } from './evidence.ts';
import { type ExchangedTokens, exchangeCode } from './exchange-code.ts';
import { readProfile, shownScalar, subjectOf } from './read-profile.ts';

export interface AppleDeps {
  outbound: Outbound;
  keySets: KeySets;
  nowMs: number;
}

type WithLog = AppleDeps & { log: CheckLog };

/** Clock difference to the provider that is forgiven, seconds. */
const CLOCK_TOLERANCE_S = 30;

/**
 * Every check of an Apple sign-in, in order (Apple Messages spec §7.5 and §9.4): the token decrypted or the
 * code redeemed, the ID token where the setting has keys for it, the profile, its subject. The access
 * token is forgotten with the call.
 */
export async function checkAppleSignIn(
  setting: AppleOauthSetting,
  evidence: AppleEvidence,
  needs: AppleDeps,
): Promise<Examined> {
  const log = new CheckLog();
  const deps = { ...needs, log };
  const { checks } = log;
  const refused = (refusal: Refusal, claims: JsonObject | null = null): Examined => ({
    checks,
    claims,
    keyId: null,
    identity: null,
    refusal,
  });

  const tokens = await tokensOf(setting, evidence, deps);
  if ('reason' in tokens) return refused(tokens);
  const idToken = await verifyIdToken(setting, evidence, tokens, deps);
  if ('reason' in idToken) return refused(idToken);
  const read = await readProfile(setting, tokens.accessToken, deps);
  if ('reason' in read) return refused(read);
  const { profile } = read;
  const named = subjectOf(profile, setting, log);
  if ('reason' in named) return refused(named, profile);
  const other = checkSamePerson(profile, named.subject, idToken.claims, log);
  if (other !== null) return refused(other, profile);

  const issuer = idToken.claims === null ? originOf(setting) : textOf(idToken.claims.iss);
  const proof = { issuer, subject: named.subject, keyId: idToken.keyId, profile };
  const identity = appleIdentity(setting, proof, deps);
  // Recorded as whom the proof is of, under whatever name the profile has it
  const claims = { ...profile, iss: issuer, sub: named.subject };
  return { checks, claims, keyId: idToken.keyId, identity, refusal: null };
}

async function tokensOf(
  setting: AppleOauthSetting,
  evidence: AppleEvidence,
  deps: WithLog,
): Promise<ExchangedTokens | Refusal> {
  const { log } = deps;
  if (evidence.version === 1) {
    const decrypted = decryptToken(evidence.encryptedToken, evidence.scalar);
    if ('problem' in decrypted) return undecryptable(decrypted.problem, log);
    log.pass('encrypted token', 'decrypted', 'encrypted for the key of this request');
    return { accessToken: decrypted.accessToken, idToken: null };
  }
  const { iss } = evidence;
  if (iss !== undefined && setting.issuer !== undefined && iss !== setting.issuer)
    return log.refuse('response iss', 'issuer', {
      observed: shown(iss),
      expected: setting.issuer,
      hint: `The answer came from ${shown(iss)} and not from ${setting.issuer}: nothing was redeemed (RFC 9207).`,
    });
  return exchangeCode(setting, evidence, deps);
}

const undecryptable = (problem: string, log: CheckLog): Refusal =>
  log.refuse('encrypted token', 'token_undecryptable', {
    observed: problem,
    expected: 'encrypted for the key of this request',
    hint: `The device's token cannot be decrypted (${problem}): ask again; if it stays so, the answer was changed on its way or was meant for another request.`,
  });

/** Judged where the setting says by which keys; else the profile alone says who it is. */
async function verifyIdToken(
  { issuer, keysUrl, clientId }: AppleOauthSetting,
  evidence: AppleEvidence,
  { idToken, accessToken }: ExchangedTokens,
  { keySets, nowMs, log }: WithLog,
): Promise<{ claims: JsonObject | null; keyId: string | null } | Refusal> {
  if (issuer === undefined || keysUrl === undefined || idToken === null)
    return { claims: null, keyId: null };
  const rules = {
    kind: 'id' as const,
    keysUrl,
    issuer,
    audience: clientId,
    clockTolerance: CLOCK_TOLERANCE_S,
    maxLifetime: null,
    nonce: evidence.version === 2 ? evidence.nonce : null,
    maxAge: null,
    accessToken,
  };
  const seen = await verifyToken(idToken, rules, ID_TOKEN_CHECKS, { keySets, nowMs, log });
  return seen.refusal ?? { claims: seen.claims, keyId: seen.keyId };
}

/** §10: the profile is of the ID token's person or of nobody. */
function checkSamePerson(
  profile: JsonObject,
  subject: string,
  idToken: JsonObject | null,
  log: CheckLog,
): Refusal | null {
  if (idToken === null) return null;
  const said = profile.sub === undefined ? subject : profile.sub;
  if (idToken.sub === said && subject === said)
    return log.pass('profile sub', 'equal', 'the sub of the ID token');
  return log.refuse('profile sub', 'userinfo', {
    observed: shownScalar(said),
    expected: shown(idToken.sub),
    hint: `The decrypted token URL speaks of ${shownScalar(said)} and the ID token of ${shown(idToken.sub)}: nothing of it can be used, and the provider must be put right.`,
  });
}

const originOf = ({ decryptedTokenUrl }: AppleOauthSetting): string =>
  new URL(decryptedTokenUrl).origin;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
