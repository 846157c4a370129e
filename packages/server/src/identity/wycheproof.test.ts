/** Project Wycheproof's vectors against our checks; the folder is named by COUNTERSIGN_VECTORS. */
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { CheckLog, type Refusal } from './check-log.ts';
import { checkSignature, hasSignature } from './checks/check-signature.ts';
import { parseCompactJws } from './compact-jws.ts';
import { chooseKey } from './keys/choose-key.ts';
import { parseKeySet } from './keys/parse-key-set.ts';
import { isObject, type JsonObject } from './strict-json.ts';
import { runChecks, type TokenAttempt, type TokenRules } from './token-attempt.ts';
import { HEADER_CHECKS } from './verify-token.ts';

const folder = process.env.COUNTERSIGN_VECTORS;
const skip = folder === undefined ? 'COUNTERSIGN_VECTORS is not set' : false;

interface Vector {
  id: number;
  comment: string;
  result: string;
  group: JsonObject;
  test: JsonObject;
}

async function vectorsOf(file: string): Promise<Vector[]> {
  const content: unknown = JSON.parse(await readFile(`${folder}/wycheproof/${file}`, 'utf8'));
  return list(content, 'testGroups').flatMap((group) =>
    list(group, 'tests').map((one) => ({
      id: Number(one.tcId),
      comment: `${String(group.comment ?? '')} ${String(one.comment)}`.trim(),
      result: String(one.result),
      group,
      test: one,
    })),
  );
}

function list(holder: unknown, name: string): JsonObject[] {
  const members = isObject(holder) ? holder[name] : [];
  return Array.isArray(members) ? members.filter(isObject) : [];
}

const rules: TokenRules = {
  kind: 'customer',
  keysUrl: 'https://vectors.example/keys',
  issuer: null,
  audience: null,
  clockTolerance: 0,
  maxLifetime: null,
  nonce: null,
  maxAge: null,
  accessToken: null,
};

/** Everything that is checked of a JWS; the vectors' payloads are no claims. */
function judge(vector: Vector): { vector: Vector; accepted: boolean; reason: string } {
  const { jws } = vector.test;
  const parsed = parseCompactJws(typeof jws === 'string' ? jws : JSON.stringify(jws));
  if ('problem' in parsed) return { vector, accepted: false, reason: 'malformed' };
  const attempt = {
    ...parsed,
    claims: {},
    log: new CheckLog(),
    rules,
    issuerClock: null,
    nowMs: 0,
  };
  const refusal = runChecks(HEADER_CHECKS, attempt) ?? checkKeyAndSignature(attempt, vector);
  return { vector, accepted: refusal === null, reason: refusal?.reason ?? '' };
}

function checkKeyAndSignature(attempt: TokenAttempt, { group }: Vector): Refusal | null {
  const published = group.public ?? group.private;
  const keys = isObject(published) && Array.isArray(published.keys) ? published.keys : [published];
  const { kid } = attempt.header;
  const set = parseKeySet(JSON.stringify({ keys })) ?? { keys: [], unusable: [] };
  const choice = chooseKey(set, typeof kid === 'string' ? kid : null, 0);
  if (choice.found !== 'key') return { reason: `key_${choice.found}`, hint: choice.why };
  return checkSignature(attempt, choice.key);
}

type Judged = ReturnType<typeof judge>;

/** No vector that must be refused is among them. */
function acceptedIds(verdicts: Judged[]): number[] {
  const accepted = verdicts.filter((verdict) => verdict.accepted);
  assert.ok(accepted.every(({ vector }) => vector.result === 'valid'));
  return accepted.map(({ vector }) => vector.id);
}

const refusedThoughValid = (verdicts: Judged[], why: string): number[] =>
  verdicts
    .filter(({ vector, reason }) => vector.result === 'valid' && reason === why)
    .map(({ vector }) => vector.id);

describe('Wycheproof', { skip }, () => {
  test('rsa_signature_2048_sha256: our signature check gives every vector its verdict', async () => {
    const verdicts = (await vectorsOf('rsa_signature_2048_sha256_test.json')).map((vector) => {
      const key = createPublicKey(String(vector.group.publicKeyPem));
      const published = { kid: null, key, thumbprint: '', signatureBytes: 256, expiresAt: null };
      const [message, signature] = [vector.test.msg, vector.test.sig].map((hex) =>
        Buffer.from(String(hex), 'hex'),
      );
      assert.ok(message && signature);
      const accepted = hasSignature(published, { signingInput: message, signature });
      return { id: vector.id, agrees: accepted === (vector.result === 'valid') };
    });
    assert.equal(verdicts.length, 259);
    assert.deepEqual(
      verdicts.filter(({ agrees }) => !agrees),
      [],
    );
  });

  test('json_web_signature: only the listed vectors differ', async () => {
    const verdicts = (await vectorsOf('json_web_signature_test.json')).map(judge);
    assert.equal(verdicts.length, 401);
    assert.deepEqual(acceptedIds(verdicts), [33, 259, 260, 261, 262, 263, 345, 349]);
    assert.deepEqual(refusedThoughValid(verdicts, 'alg_not_allowed'), OTHER_ALGORITHM);
    // A foreign character within a segment: a lenient decoder skips it, RFC 7515 §2 has none.
    assert.deepEqual(refusedThoughValid(verdicts, 'malformed'), [372, 373]);
    const misspelt = verdicts.filter(({ vector: { id } }) => MISSPELT.includes(id));
    assert.ok(misspelt.every(({ reason }) => reason === 'malformed'));
  });

  test('json_web_key: only the listed vectors differ', async () => {
    const verdicts = (await vectorsOf('json_web_key_test.json')).map(judge);
    assert.equal(verdicts.length, 26);
    assert.deepEqual(acceptedIds(verdicts), [5]);
    assert.deepEqual(refusedThoughValid(verdicts, 'alg_not_allowed'), [2, 13, 14, 15]);
    for (const id of [6, 7, 8, 9]) assert.equal(verdicts[id - 1]?.reason, 'key_unusable');
  });
});

/** Valid vectors with HS, ES, PS, RS384 or RS512: only RS256 is taken (rows T03, T04). */
const OTHER_ALGORITHM = [
  1, 18, 264, 265, 266, 267, 268, 269, 270, 271, 272, 273, 274, 275, 287, 288, 320, 321, 322, 323,
  325, 326, 327, 328, 346, 347, 348, 350, 351, 352, 357, 358, 359, 376, 377, 378,
];

/** Row T21. 367 and 370 repeat the valid 357, and fall to the algorithm. */
const MISSPELT = [360, 361, 362, 363, 364, 365, 366, 368, 369, 371, 374, 375];
