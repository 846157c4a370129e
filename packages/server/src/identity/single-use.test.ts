/** Row T25: the same site-signed token again, with `singleUse` off and on. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type SigningKey, signingKey } from '@countersign/simulators';
import { createOutbound } from '../platform/index.ts';
import { checkSignedToken, createKeySets, type SignedTokenSetting, type Verdict } from './index.ts';
import { byRsa, forge } from './testing/forged-token.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  signedTokenSetting,
  source,
} from './testing/identity-under-test.ts';

let bench: IdentityUnderTest;
let key: SigningKey;

before(async () => {
  bench = await identityUnderTest();
  key = await signingKey({ kid: 'first' });
  bench.pages.set('/pem', key.publicKeyPem);
});
after(() => bench.close());

const token = (changes: Record<string, unknown> = {}): string => {
  const now = Math.floor(bench.clock.now() / 1000);
  const claims = { iss: 'shop.example', sub: 'ada', iat: now, exp: now + 300, jti: randomUUID() };
  return forge({ alg: 'RS256', typ: 'JWT' }, { ...claims, ...changes }, byRsa(key.privateKey));
};
const setting = (changes: Partial<SignedTokenSetting> = {}): SignedTokenSetting =>
  signedTokenSetting(`${bench.site.url}/pem`, { singleUse: true, ...changes });
const prove = (jwt: string, changes = {}, node = bench.identity): Promise<Verdict> =>
  node.proveSignedToken(setting(changes), jwt, source);

describe('T25 with singleUse off', () => {
  test('T25 the same token is accepted again, and nothing is remembered', async () => {
    const jwt = token();
    for (let time = 0; time < 3; time++) assertAccepted(await prove(jwt, { singleUse: false }));
    assertAccepted(await prove(token({ jti: undefined }), { singleUse: false }));
    assert.equal(await bench.usedTokensStored(), 0);
  });
});

describe('T25 with singleUse on', () => {
  test('T25 a jti seen before is refused until the token has expired: replay', async () => {
    const jwt = token();
    assertAccepted(await prove(jwt));
    const remembered = await bench.usedTokensStored();
    await assertRefused(bench, () => prove(jwt), 'replay');
    await assertRefused(bench, () => prove(jwt, {}, bench.anotherNode()), 'replay');
    assert.equal(await bench.usedTokensStored(), remembered);
    // Still within the tolerance.
    bench.clock.move(320_000);
    await assertRefused(bench, () => prove(jwt), 'replay');
    bench.clock.move(20_000);
    await assertRefused(bench, () => prove(jwt), 'expired');
  });
  test('T25 of two nodes racing exactly one accepts it', async () => {
    for (let round = 0; round < 10; round++) {
      const jwt = token();
      const both = await Promise.all([prove(jwt), prove(jwt, {}, bench.anotherNode())]);
      const outcomes = both.map((one) => (one.outcome === 'refused' ? one.reason : one.outcome));
      assert.deepEqual(outcomes.toSorted(), ['accepted', 'replay']);
    }
  });
  test('T25 a token without jti is refused: replay', async () => {
    for (const jti of [undefined, '', 17])
      await assertRefused(bench, () => prove(token({ jti })), 'replay');
  });
  test('T25 a jti belongs to its setting', async () => {
    const jwt = token();
    assertAccepted(await prove(jwt));
    assertAccepted(await prove(jwt, { id: 'another-setting' }));
  });
  test('T25 a refused token is not used up', async () => {
    const jwt = token();
    await assertRefused(bench, () => prove(jwt, { issuer: 'https://other.example' }), 'issuer');
    assertAccepted(await prove(jwt));
  });
  test('T25 looking at a token does not use it up', async () => {
    const outbound = createOutbound({ allowedHosts: [`127.0.0.1:${bench.site.port}`] });
    try {
      const keySets = createKeySets({ outbound, clock: bench.clock });
      const jwt = token();
      const looked = await checkSignedToken(setting(), jwt, { keySets, nowMs: bench.clock.now() });
      assert.equal(looked.refusal, null);
      assertAccepted(await prove(jwt));
    } finally {
      await outbound.close();
    }
  });
  test('T25 what has expired is swept, so that the table does not grow', async () => {
    for (let count = 0; count < 5; count++) assertAccepted(await prove(token()));
    bench.clock.move(400_000);
    assertAccepted(await prove(token()));
    assertAccepted(await prove(token()));
    assert.equal(await bench.usedTokensStored(), 2);
  });
});
