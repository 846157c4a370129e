import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfigurationFile } from './index.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const readers = {
  readEnvironment: (name: string) => ({ MSP: KEY, SHORT: 'c2hvcnQ=' })[name],
  readFile: () => KEY,
};

const GOOD = `queues: [{ name: Guests }]
workstreams:
  - { name: Apple, channel: apple, fallbackQueue: Guests }
  - { name: Web, fallbackQueue: Guests }
authenticationSettings:
  - { name: Portal, type: signed-token, publicKeyUrl: "https://portal.example/keys" }
  - name: Sign-in
    type: apple-oauth
    clientId: shop
    clientSecret: hush hush
    scopes: [openid]
    accessTokenUrl: https://id.example/token
    decryptedTokenUrl: https://id.example/me
    richMessages: [Please sign in]
richMessages:
  - { name: Please sign in, type: authentication, receivedMessage: Sign in, replyMessage: Done }
  - name: Delivery
    type: quick-reply
    summaryText: Delivery question
    items: [{ identifier: a, title: Home }, { identifier: b, title: Pick-up point }]
  - name: Colour
    type: list-picker
    receivedMessage: Choose
    replyMessage: Your choice
    sections: [{ title: Colours, items: [{ identifier: red, title: Red }] }]
  - name: Fitting
    type: time-picker
    receivedMessage: Choose
    replyMessage: Your time
    title: Fitting
    timezoneOffset: -420
    timeslots: [{ identifier: s1, startTime: "2027-03-02T17:00Z", duration: 3600 }]
  - { name: Shoes, type: rich-link, url: "https://shop.example/p/42", title: Trail shoes }
appleAccounts:
  - name: Shop
    businessId: 1f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b77
    mspId: 7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11
    mspSecret: { env: MSP }
    workstream: Apple
    authentication: { enabled: true, setting: Sign-in }
`;

test('accounts, settings and every kind of rich message are taken, with one secret or two', () => {
  const one = parseConfigurationFile(GOOD, readers);
  assert.ok('ok' in one, JSON.stringify(one));
  assert.equal(one.ok.appleAccounts[0]?.mspSecret, KEY);
  for (const secrets of ['[{ env: MSP }, { file: older }]', `["${KEY}", { env: MSP }]`]) {
    const two = parseConfigurationFile(GOOD.replace('{ env: MSP }', secrets), readers);
    assert.ok('ok' in two, JSON.stringify(two));
    assert.deepEqual(two.ok.appleAccounts[0]?.mspSecret, [KEY, KEY]);
  }
});

/** What is replaced in the good file, and the one fault that follows. */
const broken: [title: string, from: string, to: string, path: string, says: RegExp][] = [
  [
    'a secret that is not Base64',
    'mspSecret: { env: MSP }',
    'mspSecret: "not base64 at all!"',
    'appleAccounts[0].mspSecret',
    /^expected Base64 of at least 32 bytes/,
  ],
  [
    'a short secret in a list',
    'mspSecret: { env: MSP }',
    'mspSecret: [{ env: MSP }, { env: SHORT }]',
    'appleAccounts[0].mspSecret[1]',
    /^expected Base64 of at least 32 bytes/,
  ],
  [
    'three secrets',
    'mspSecret: { env: MSP }',
    'mspSecret: [{ env: MSP }, { env: MSP }, { env: MSP }]',
    'appleAccounts[0].mspSecret',
    /^expected at most 2, found 3$/,
  ],
  [
    'a secret that is no text',
    'mspSecret: { env: MSP }',
    'mspSecret: 42',
    'appleAccounts[0].mspSecret',
    /^expected a text, \{ env: NAME \} or \{ file: PATH \}/,
  ],
  [
    'a workstream of another channel',
    'workstream: Apple',
    'workstream: Web',
    'appleAccounts[0].workstream',
    /^expected a workstream of the channel apple$/,
  ],
  [
    'a setting that browsers sign in by',
    'setting: Sign-in',
    'setting: Portal',
    'appleAccounts[0].authentication.setting',
    /^expected a setting of the type apple-oauth$/,
  ],
  [
    'authentication without a setting',
    'enabled: true, setting: Sign-in',
    'enabled: true',
    'appleAccounts[0].authentication.setting',
    /^missing: expected the name of an authentication setting/,
  ],
  [
    'a setting without scopes',
    'scopes: [openid]',
    'scopes: []',
    'authenticationSettings[1].scopes',
    /^expected at least one scope$/,
  ],
  [
    'additional parameters that say what the sign-in itself says',
    'scopes: [openid]',
    'scopes: [openid]\n    additionalParameters: "prompt=login&redirect_uri=https://evil.example"',
    'authenticationSettings[1].additionalParameters',
    /^expected no `redirect_uri`/,
  ],
  [
    'an issuer without its keys',
    'scopes: [openid]',
    'scopes: [openid]\n    issuer: https://id.example',
    'authenticationSettings[1]',
    /^expected `issuer` and `keysUrl` together$/,
  ],
  [
    'a sign-in message of another kind',
    'richMessages: [Please sign in]',
    'richMessages: [Delivery]',
    'authenticationSettings[1].richMessages[0]',
    /^expected a rich message of the type authentication$/,
  ],
  [
    'a rich message that is not there',
    'richMessages: [Please sign in]',
    'richMessages: [Please sing in]',
    'authenticationSettings[1].richMessages[0]',
    /did you mean "Please sign in"/,
  ],
  [
    'one quick reply',
    'items: [{ identifier: a, title: Home }, { identifier: b, title: Pick-up point }]',
    'items: [{ identifier: a, title: Home }]',
    'richMessages[1].items',
    /^expected at least 2, found 1$/,
  ],
  [
    'an identifier twice',
    'identifier: b',
    'identifier: a',
    'richMessages[1].items[1].identifier',
    /^expected another identifier/,
  ],
  [
    'a time that is not in UTC',
    '2027-03-02T17:00Z',
    '2027-03-02T17:00+01:00',
    'richMessages[3].timeslots[0].startTime',
    /^expected a minute in UTC/,
  ],
];
for (const [title, from, to, path, says] of broken)
  test(`a fault says where and what was expected, and no secret: ${title}`, () => {
    const parsed = parseConfigurationFile(GOOD.replace(from, to), readers);
    assert.ok('faults' in parsed, 'the file is refused');
    assert.deepEqual(
      parsed.faults.map((fault) => fault.path),
      [path],
      JSON.stringify(parsed.faults),
    );
    assert.match(parsed.faults[0]?.message ?? '', says);
    for (const secret of ['not base64', 'c2hvcnQ', KEY])
      assert.ok(!JSON.stringify(parsed.faults).includes(secret));
  });

test('a Business ID belongs to one account', () => {
  const account = GOOD.slice(GOOD.indexOf('  - name: Shop\n')).replace('name: Shop', 'name: Other');
  const parsed = parseConfigurationFile(GOOD + account, readers);
  assert.ok('faults' in parsed);
  assert.deepEqual(
    parsed.faults.map(({ path }) => path),
    ['appleAccounts[1].businessId'],
  );
});
