// The site's function that gives a token (Omnichannel spec §1.5, §1.6).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANSWER_MS, callClientFunction } from './client-function.ts';

type Callback = (token?: unknown) => void;

test('the function is found by its dotted name and keeps its own `this`', async () => {
  const auth = {
    token: 'header.payload.signature',
    getAuthenticationToken(this: { token: string }, callback: Callback) {
      callback(this.token);
    },
  };
  const token = await callClientFunction('auth.getAuthenticationToken', { auth });
  assert.equal(token, auth.token);
});

for (const [name, page] of [
  ['auth.getAuthenticationToken', {}],
  ['auth.getAuthenticationToken', { auth: {} }],
  ['auth.getAuthenticationToken', { auth: { getAuthenticationToken: 'a text' } }],
  ['', {}],
] as const) {
  test(`missing: \`${name}\` where the page has ${JSON.stringify(page)}`, async () => {
    await assert.rejects(callClientFunction(name, page), (fault) => fault === 'missing');
  });
}

test('threw: the site’s own error stays the site’s', async () => {
  const page = {
    token() {
      throw new Error('the session is over');
    },
  };
  await assert.rejects(callClientFunction('token', page), (fault) => fault === 'threw');
});

for (const nothing of [undefined, null, '', 42, {}]) {
  test(`empty: the site calls back with ${JSON.stringify(nothing)}`, async () => {
    const page = { token: (callback: Callback) => callback(nothing) };
    await assert.rejects(callClientFunction('token', page), (fault) => fault === 'empty');
  });
}

test('timeout: after ten seconds without an answer, and not before', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let fault: unknown;
  const asked = callClientFunction('token', { token: () => {} }).catch((cause: unknown) => {
    fault = cause;
  });
  t.mock.timers.tick(ANSWER_MS - 1);
  await Promise.resolve();
  assert.equal(fault, undefined);
  t.mock.timers.tick(1);
  await asked;
  assert.equal(fault, 'timeout');
});
