import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { inlineSecrets, type ParseOptions, parseConfigurationFile } from './index.ts';

const readers: ParseOptions = {
  readEnvironment: (name) => ({ KEY: 'a-key-from-the-environment' })[name],
  readFile(path) {
    if (path === 'empty') return '\n';
    if (path === 'here') return 'a-key-from-a-file\n';
    throw new Error('no such file');
  },
};

const GOOD = `queues:
  - name: Guests
    members: [maria@shop.example]
users:
  - { email: maria@shop.example, name: Maria, roles: [agent] }
workstreams:
  - name: Web chat
    contextVariables: [{ name: cart, type: number }, { name: vip }]
    routeToQueue:
      - { when: { all: [{ authenticated: true }, { variable: cart, atLeast: 5 }] }, queue: Guests }
    fallbackQueue: Guests
authenticationSettings:
  - name: Portal
    type: signed-token
    publicKeyUrl: https://portal.example/keys
messengerConfigurations:
  - name: Shop
    authentication: { enabled: true, setting: Portal }
deployments:
  - name: shop.example
    configuration: Shop
    workstream: Web chat
    allowedDomains: [shop.example]
apiKeys:
  - name: tests
    token: { env: KEY }
    roles: [agent]
`;

/** What is replaced in the good file, and the one fault that follows: line, path, what is said. */
const broken: [
  title: string,
  from: string,
  to: string,
  line: number,
  path: string,
  says: RegExp,
][] = [
  [
    'a misspelt key',
    'fallbackQueue:',
    'fallbackQeue: x\n    fallbackQueue:',
    11,
    'workstreams[0].fallbackQeue',
    /unknown key "fallbackQeue" \(did you mean "fallbackQueue"\?\): expected one of id, name/,
  ],
  ['a misspelt section', 'apiKeys:', 'apikeys:', 24, 'apikeys', /did you mean "apiKeys"/],
  [
    'a missing key',
    '    fallbackQueue: Guests\n',
    '',
    7,
    'workstreams[0].fallbackQueue',
    /missing: expected a text of 1 to 256/,
  ],
  [
    'a wrong type',
    '[agent] }',
    'agent }',
    5,
    'users[0].roles',
    /expected a list of at least 1, found a text/,
  ],
  [
    'nothing where a list belongs',
    'deployments:\n  - name: shop.example\n    configuration: Shop\n    workstream: Web chat\n    allowedDomains: [shop.example]\n',
    'deployments:\n',
    19,
    'deployments',
    /expected a list, found nothing/,
  ],
  [
    'a number as a name',
    'name: Maria',
    'name: 12',
    5,
    'users[0].name',
    /expected a text of 1 to 256 characters, found 12/,
  ],
  [
    'a value out of its list',
    'roles: [agent] }',
    'roles: [agnet] }',
    5,
    'users[0].roles[0]',
    /expected one of agent, supervisor, administrator, developer, secrets, found "agnet"/,
  ],
  [
    'a role twice',
    'roles: [agent] }',
    'roles: [agent, agent] }',
    5,
    'users[0].roles[1]',
    /expected each once/,
  ],
  [
    'a number out of range',
    'type: signed-token\n',
    'type: signed-token\n    clockTolerance: 9000\n',
    15,
    'authenticationSettings[0].clockTolerance',
    /expected a whole number from 0 to 300, found 9000/,
  ],
  [
    'an unknown type of setting',
    'type: signed-token',
    'type: saml',
    14,
    'authenticationSettings[0].type',
    /expected one of openid-connect, signed-token, apple-oauth, found "saml"/,
  ],
  [
    'a key of another type of setting',
    'type: signed-token\n',
    'type: signed-token\n    discoveryUri: https://x.example\n',
    15,
    'authenticationSettings[0].discoveryUri',
    /unknown key/,
  ],
  [
    'a URL that is none',
    'https://portal.example/keys',
    'portal.example',
    15,
    'authenticationSettings[0].publicKeyUrl',
    /expected an absolute http or https URL/,
  ],
  [
    'a domain with a scheme',
    'allowedDomains: [shop',
    'allowedDomains: [https://shop',
    23,
    'deployments[0].allowedDomains[0]',
    /expected a host name without scheme/,
  ],
  [
    'domains beside allowAllDomains',
    '    allowedDomains',
    '    allowAllDomains: true\n    allowedDomains',
    24,
    'deployments[0].allowedDomains',
    /expected no domains/,
  ],
  [
    'an id that is no UUID',
    '  - name: shop.example',
    '  - id: 12-34\n    name: shop.example',
    20,
    'deployments[0].id',
    /expected a UUID in lower case, found "12-34"/,
  ],
  [
    'an email that is none',
    'email: maria@shop.example',
    'email: maria',
    5,
    'users[0].email',
    /expected an email address/,
  ],
  [
    'a name that is too long',
    'name: Portal',
    `name: ${'P'.repeat(101)}`,
    13,
    'authenticationSettings[0].name',
    /1 to 100 characters/,
  ],
  [
    'an unknown workstream',
    'workstream: Web chat',
    'workstream: Web chta',
    22,
    'deployments[0].workstream',
    /expected the name of a workstream: no workstream named "Web chta" \(known: Web chat\)/,
  ],
  [
    'an unknown queue',
    'queue: Guests }',
    'queue: Gests }',
    10,
    'workstreams[0].routeToQueue[0].queue',
    /no queue named "Gests"/,
  ],
  [
    'an unknown configuration',
    'configuration: Shop',
    'configuration: Shp',
    21,
    'deployments[0].configuration',
    /no messenger configuration named "Shp"/,
  ],
  [
    'an unknown setting',
    'setting: Portal',
    'setting: Prtal',
    18,
    'messengerConfigurations[0].authentication.setting',
    /expected the name of an authentication setting: no authentication setting named "Prtal"/,
  ],
  [
    'authentication without a setting',
    ', setting: Portal',
    '',
    18,
    'messengerConfigurations[0].authentication.setting',
    /missing: expected the name of an authentication setting/,
  ],
  [
    'a member without a user',
    'members: [maria@',
    'members: [marie@',
    3,
    'queues[0].members[0]',
    /no user named "marie@shop.example" \(known: maria@shop.example\)/,
  ],
  [
    'a name twice',
    'users:\n',
    '  - { name: Guests }\nusers:\n',
    4,
    'queues[1].name',
    /expected another name: queues\[0\] has "Guests" already/,
  ],
  [
    'an email twice',
    '[agent] }\n',
    '[agent] }\n  - { email: MARIA@shop.example, name: M, roles: [agent] }\n',
    6,
    'users[1].email',
    /users\[0\] has "maria@shop.example" already/,
  ],
  [
    'an undefined variable',
    'variable: cart',
    'variable: crt',
    10,
    'workstreams[0].routeToQueue[0].when.all[1].variable',
    /no variable named "crt" \(did you mean "cart"\?/,
  ],
  [
    'a text variable in an order',
    'variable: cart',
    'variable: vip',
    10,
    'workstreams[0].routeToQueue[0].when.all[1].atLeast',
    /texts have no order/,
  ],
  [
    'two operators at once',
    'atLeast: 5',
    'atLeast: 5, atMost: 9',
    10,
    'workstreams[0].routeToQueue[0].when.all[1]',
    /expected exactly one of is, isNot, .* beside variable, found atLeast and atMost/,
  ],
  [
    'no operator',
    ', atLeast: 5',
    '',
    10,
    'workstreams[0].routeToQueue[0].when.all[1]',
    /expected exactly one of is, isNot, .* beside variable, found none/,
  ],
  [
    'an operand of the wrong type',
    'atLeast: 5',
    'is: "5"',
    10,
    'workstreams[0].routeToQueue[0].when.all[1].is',
    /expected a number without quotes/,
  ],
  [
    'an operand that is no text',
    'atLeast: 5',
    'is: true',
    10,
    'workstreams[0].routeToQueue[0].when.all[1].is',
    /expected a text in quotes or a number, found true/,
  ],
  [
    'a condition of no known form',
    '{ authenticated: true }',
    '{ vip: true }',
    10,
    'workstreams[0].routeToQueue[0].when.all[0]',
    /expected a map with one of all, any, not, authenticated, .*variable/,
  ],
  [
    'a variable twice',
    '{ name: vip }',
    '{ name: cart }',
    8,
    'workstreams[0].contextVariables[1].name',
    /"cart" is defined already/,
  ],
  [
    'a variable that is not set',
    'env: KEY',
    'env: NO_KEY',
    26,
    'apiKeys[0].token',
    /expected the environment variable NO_KEY to hold the secret: it is not set/,
  ],
  [
    'a file that is not there',
    'env: KEY',
    'file: gone',
    26,
    'apiKeys[0].token',
    /expected a secret in the file gone: it cannot be read/,
  ],
  [
    'a file that is empty',
    'env: KEY',
    'file: empty',
    26,
    'apiKeys[0].token',
    /the file empty: it is empty/,
  ],
  [
    'a secret of no known form',
    'env: KEY',
    'vault: KEY',
    26,
    'apiKeys[0].token',
    /expected a text, \{ env: NAME \} or \{ file: PATH \}, found a map/,
  ],
  [
    'a secret that is a number',
    '{ env: KEY }',
    '1234567890',
    26,
    'apiKeys[0].token',
    /expected a text, .* found a number$/,
  ],
  [
    'a secret that is short',
    '{ env: KEY }',
    'marker',
    26,
    'apiKeys[0].token',
    /expected at least 8 characters$/,
  ],
  [
    'a key twice',
    '    workstream: Web chat\n',
    '    workstream: Web chat\n    workstream: Web chat\n',
    23,
    '',
    /expected valid YAML: Map keys must be unique/,
  ],
  [
    'a list that is not closed',
    'members: [maria@shop.example]',
    'members: [maria@shop.example',
    4,
    '',
    /expected valid YAML/,
  ],
  [
    'a tag',
    'name: Maria',
    'name: !js/function Maria',
    5,
    '',
    /expected valid YAML: Unresolved tag/,
  ],
];

test('the good file has no fault, and defaults and secrets are filled in', () => {
  const parsed = parseConfigurationFile(GOOD, readers);
  assert.ok('ok' in parsed, JSON.stringify(parsed));
  assert.equal(parsed.ok.apiKeys[0]?.token, 'a-key-from-the-environment');
  assert.equal(parsed.ok.workstreams[0]?.offerTimeout, 120);
  assert.deepEqual(parsed.ok.messengerConfigurations[0]?.languages, ['en']);
  assert.equal(parsed.ok.messengerConfigurations[0]?.conversations.typing, true);
});

test('a secret is also read from a file, without the line break at its end', () => {
  const parsed = parseConfigurationFile(GOOD.replace('env: KEY', 'file: here'), readers);
  assert.ok('ok' in parsed);
  assert.equal(parsed.ok.apiKeys[0]?.token, 'a-key-from-a-file');
});

for (const [title, from, to, line, path, says] of broken) {
  test(`a fault names line, path and what was expected: ${title}`, () => {
    assert.ok(GOOD.includes(from), 'the test replaces something');
    const parsed = parseConfigurationFile(GOOD.replace(from, to), readers);
    assert.ok('faults' in parsed, 'the file is refused');
    assert.deepEqual(
      parsed.faults.map((fault) => [fault.line, fault.path]),
      [[line, path]],
      JSON.stringify(parsed.faults),
    );
    assert.match(parsed.faults[0]?.message ?? '', says);
  });
}

test('all faults are named at once, sorted by line, also behind an object that has one', () => {
  const text = GOOD.replace('name: Maria', 'nane: Maria')
    .replace('workstream: Web chat', 'workstream: Web chta')
    .replace('env: KEY', 'env: NO_KEY')
    .replace('type: number', 'type: date');
  const parsed = parseConfigurationFile(text, readers);
  assert.ok('faults' in parsed);
  assert.deepEqual(
    parsed.faults.map(({ line, path }) => `${line} ${path}`),
    [
      '5 users[0].name',
      '5 users[0].nane',
      '8 workstreams[0].contextVariables[0].type',
      '22 deployments[0].workstream',
      '26 apiKeys[0].token',
    ],
  );
});

test('the example of the specification names one workstream that it does not show', () => {
  const text = readFileSync(
    new URL('../../../test/configuration-example.yaml', import.meta.url),
    'utf8',
  );
  const secret = Buffer.alloc(32).toString('base64');
  const parsed = parseConfigurationFile(text, { ...readers, readEnvironment: () => secret });
  assert.ok('faults' in parsed);
  assert.deepEqual(
    parsed.faults.map(({ line, path }) => `${line} ${path}`),
    ['86 appleAccounts[0].workstream'],
  );
  const { message } = parsed.faults[0] ?? {};
  assert.match(message ?? '', /no workstream named "Apple" \(known: Web chat\)/);
});

test('references may point at what is stored, and not at what the file renames', () => {
  const id = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11';
  const stored = [{ kind: 'queues', id, name: 'Guests' }];
  const stream = 'workstreams: [{ name: W, fallbackQueue: Guests }]\n';
  assert.ok('ok' in parseConfigurationFile(stream, { ...readers, stored }));
  const renamed = `${stream}queues: [{ id: ${id}, name: Visitors }]\n`;
  const parsed = parseConfigurationFile(renamed, { ...readers, stored });
  assert.ok('faults' in parsed);
  assert.match(parsed.faults[0]?.message ?? '', /no queue named "Guests" \(known: Visitors\)/);
});

test('a name that another stored object has is a fault', () => {
  const stored = [{ kind: 'queues', id: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11', name: 'Guests' }];
  const text = 'queues:\n  - { id: 6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12, name: Guests }\n';
  const parsed = parseConfigurationFile(text, { ...readers, stored });
  assert.ok('faults' in parsed);
  assert.deepEqual(
    parsed.faults.map(({ line, path }) => [line, path]),
    [[2, 'queues[0].name']],
  );
});

test('an empty file is an empty configuration', () => {
  for (const text of ['', '# nothing yet\n', '{}']) {
    assert.ok('ok' in parseConfigurationFile(text, readers), JSON.stringify(text));
  }
});

test('[R02] hostile files end in a fault, soon', () => {
  const lines = Array.from(
    { length: 30 },
    (_, n) => `  - &a${n} { all: [*a${n - 1}, *a${n - 1}] }`,
  );
  const hostile = [
    '['.repeat(100_000),
    `workstreams: [{ name: W, fallbackQueue: Q, routeToQueue: [{ queue: Q, when: ${'{all: ['.repeat(2000)}`,
    `x:\n  - &a0 { authenticated: true }\n${lines.slice(1).join('\n')}\nworkstreams: [{ name: W, fallbackQueue: Q, routeToQueue: [{ queue: Q, when: *a29 }] }]\n`,
    'a: &a [*a]\nqueues: *a\n',
    '__proto__: { x: 1 }\nconstructor: 2\n',
    'x'.repeat(2_000_000),
  ];
  for (const text of hostile) {
    const parsed = parseConfigurationFile(text, readers);
    assert.ok('faults' in parsed && parsed.faults.length > 0, text.slice(0, 40));
  }
});

test('[P01] no fault repeats a secret, wherever it stands', () => {
  const marker = 'marker-secret';
  const texts = [
    GOOD.replace('{ env: KEY }', `[${marker}]`),
    GOOD.replace('{ env: KEY }', `{ value: ${marker} }`),
    GOOD.replace('{ env: KEY }', `"${marker}`),
    GOOD.replace('token: { env: KEY }', `token:${marker}`),
    `apiKeys:\n  - token:${marker}\n`,
    `apiKeys: token:${marker}\n`,
    GOOD.replace('{ env: KEY }', `${marker}: x: y`),
    GOOD.replace('token: { env: KEY }', `tokn: ${marker}`),
    GOOD.replace('token: { env: KEY }', `token: ${marker}\n    token: ${marker}`),
    `${GOOD}  - { name: again, token: { env: KEY }, roles: [agent] }\n`,
  ];
  for (const text of texts) {
    const parsed = parseConfigurationFile(text, readers);
    assert.ok('faults' in parsed && parsed.faults.length > 0);
    assert.doesNotMatch(JSON.stringify(parsed.faults), /marker|a-key-from/);
  }
});

test('[R01] text that cannot be stored or printed is refused, and its fault is printable', () => {
  for (const name of ['"\\u0000x"', '"\\uD800x"']) {
    const parsed = parseConfigurationFile(`queues: [{ name: ${name} }]\n`, readers);
    assert.ok('faults' in parsed, name);
  }
  const keys = ['"\\u001b[2Jx"', '"a\\nb.c[0]"', `"${'k'.repeat(500)}"`];
  for (const key of keys) {
    const parsed = parseConfigurationFile(`queues: [{ ${key}: 1, name: Q }]\n`, readers);
    assert.ok('faults' in parsed && parsed.faults.length === 1, key);
    const { path = '', message = '' } = parsed.faults[0] ?? {};
    assert.match(`${path} ${message}`, /^[\x20-\x7e…]{1,250}$/);
  }
});

test("the first file of the administrator's guide has no fault", () => {
  const guide = new URL('../../../../../docs/guides/administrator.md', import.meta.url);
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(guide, 'utf8')) ?? [];
  const parsed = parseConfigurationFile(text, { ...readers, readEnvironment: (name) => name });
  assert.ok('ok' in parsed && parsed.ok.deployments.length === 1, JSON.stringify(parsed));
});

test('[R01] the example, damaged anywhere, is read or refused; reader and schema agree', () => {
  const example = readFileSync(
    new URL('../../../test/configuration-example.yaml', import.meta.url),
    'utf8',
  );
  const pieces = [
    '',
    ' ',
    ': ',
    '- ',
    '[',
    '}',
    '"',
    "'",
    '\n',
    '\t',
    '1e999',
    '.nan',
    '~',
    'true',
    '&a ',
    '*a',
  ];
  const damage = fc.record({
    at: fc.nat(example.length),
    remove: fc.nat(30),
    put: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 5 })),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
      const text = damages.reduce(
        (whole, { at, remove, put }) => whole.slice(0, at) + put + whole.slice(at + remove),
        example,
      );
      const parsed = parseConfigurationFile(text, { ...readers, readEnvironment: (name) => name });
      if ('ok' in parsed) return;
      const count = text.split('\n').length + 1;
      assert.ok(parsed.faults.every(({ line, message }) => line <= count && message !== ''));
    }),
    { numRuns: 300 },
  );
});

const pemOf = (modulusLength: number): string =>
  generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
const PRIVATE_KEY = pemOf(2048);
const withKeys: ParseOptions = {
  readEnvironment: (name) => ({ PRIVATE_KEY, SECRET: 'a-client-secret' })[name],
  readFile(path) {
    if (path === 'key.pem') return PRIVATE_KEY;
    if (path === 'short.pem') return pemOf(1024);
    if (path === 'ec.pem')
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString();
    if (path === 'lost.pem') return PRIVATE_KEY.replace(/(\n.{20})./, '$1');
    if (path === 'public.pem') return PRIVATE_KEY.replaceAll('PRIVATE', 'PUBLIC');
    throw new Error('no such file');
  },
};
const provider = (...lines: string[]): string =>
  [
    'authenticationSettings:',
    '  - name: Account',
    '    type: openid-connect',
    '    discoveryUri: https://id.example/.well-known/openid-configuration',
    '    clientId: countersign',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');

test('how a client proves itself is read, with defaults', () => {
  const read = (...lines: string[]) => {
    const parsed = parseConfigurationFile(provider(...lines), withKeys);
    assert.ok('ok' in parsed, JSON.stringify(parsed));
    const [setting] = parsed.ok.authenticationSettings;
    assert.ok(setting?.type === 'openid-connect');
    return setting;
  };
  const plain = read();
  assert.equal(plain.clientAuthentication, 'auto');
  assert.deepEqual(plain.providerHosts, []);
  assert.equal(plain.userInfo, false);
  const keyed = read(
    'clientAuthentication: private_key_jwt',
    'privateKey: { file: key.pem }',
    'privateKeyId: "2026"',
    'providerHosts: [keys.id.example]',
  );
  assert.equal(keyed.privateKey, PRIVATE_KEY.trimEnd());
  assert.equal(read('privateKey: { env: PRIVATE_KEY }').privateKey, PRIVATE_KEY);
  const block = PRIVATE_KEY.trimEnd().replaceAll('\n', '\n      ');
  assert.equal(read(`privateKey: |\n      ${block}`).privateKey, PRIVATE_KEY);
});

const clientFaults: [title: string, lines: string[], line: number, path: string, says: RegExp][] = [
  [
    'private_key_jwt without a key',
    ['clientAuthentication: private_key_jwt'],
    2,
    'privateKey',
    /missing: expected the client's private key, since clientAuthentication is private_key_jwt/,
  ],
  [
    'a secret beside private_key_jwt',
    [
      'clientAuthentication: private_key_jwt',
      'privateKey: { file: key.pem }',
      'clientSecret: a-client-secret',
    ],
    8,
    'clientSecret',
    /expected no secret, since clientAuthentication is private_key_jwt/,
  ],
  [
    'client_secret_basic without a secret',
    ['clientAuthentication: client_secret_basic'],
    2,
    'clientSecret',
    /missing: expected the client's secret/,
  ],
  [
    'a key beside client_secret_post',
    [
      'clientAuthentication: client_secret_post',
      'clientSecret: a-client-secret',
      'privateKey: { file: key.pem }',
    ],
    8,
    'privateKey',
    /expected no key, since clientAuthentication is client_secret_post/,
  ],
  ['a key id without a key', ['privateKeyId: a'], 6, 'privateKeyId', /expected no key id/],
  [
    'a key that lost a character',
    ['privateKey: { file: lost.pem }'],
    6,
    'privateKey',
    /a character or a line is missing/,
  ],
  ['a public key', ['privateKey: { file: public.pem }'], 6, 'privateKey', /BEGIN PRIVATE KEY/],
  ['a key that is short', ['privateKey: { file: short.pem }'], 6, 'privateKey', /1024 bits/],
  ['a key of another kind', ['privateKey: { file: ec.pem }'], 6, 'privateKey', /RS256 needs RSA/],
  [
    'an unknown method',
    ['clientAuthentication: tls_client_auth'],
    6,
    'clientAuthentication',
    /expected one of auto, client_secret_basic, client_secret_post, private_key_jwt/,
  ],
  [
    'a host with a path',
    ['providerHosts: [https://keys.example/jwks]'],
    6,
    'providerHosts[0]',
    /expected a host name without scheme, port or path/,
  ],
  ['a userInfo that is a URL', ['userInfo: https://x.example'], 6, 'userInfo', /true or false/],
];
for (const [title, lines, line, key, says] of clientFaults)
  test(`a fault names line, path and what was expected: ${title}`, () => {
    const parsed = parseConfigurationFile(provider(...lines), withKeys);
    assert.ok('faults' in parsed, 'the file is refused');
    assert.deepEqual(
      parsed.faults.map((fault) => [fault.line, fault.path]),
      [[line, `authenticationSettings[0].${key}`]],
      JSON.stringify(parsed.faults),
    );
    assert.match(parsed.faults[0]?.message ?? '', says);
    assert.ok(!JSON.stringify(parsed.faults).includes('MII'), 'no part of a key');
  });

test('reproof is a word or a number of seconds, for either kind of setting', () => {
  for (const reproof of ['session', 'token', 30, 7_776_000]) {
    for (const text of [
      provider(`reproof: ${reproof}`),
      GOOD.replace('type: signed-token\n', `type: signed-token\n    reproof: ${reproof}\n`),
    ]) {
      const parsed = parseConfigurationFile(text, readers);
      assert.ok('ok' in parsed, JSON.stringify(parsed));
      const [setting] = parsed.ok.authenticationSettings;
      assert.ok(setting && setting.type !== 'apple-oauth');
      assert.equal(setting.reproof, reproof);
    }
  }
  const wrong: [string, RegExp][] = [
    ['sesion', /^expected 'session', 'token' or a number of seconds from 30 .*, found "sesion"$/],
    ['true', /^expected 'session', 'token' or a number of seconds/],
    ['[token]', /^expected 'session', 'token' or a number of seconds/],
    ['{ seconds: 60 }', /^expected 'session', 'token' or a number of seconds/],
    ['29', /^expected a whole number from 30 to 7776000, found 29$/],
    ['60.5', /^expected a whole number from 30 to 7776000, found 60.5$/],
  ];
  for (const [reproof, says] of wrong) {
    const parsed = parseConfigurationFile(provider(`reproof: ${reproof}`), readers);
    assert.ok('faults' in parsed, reproof);
    assert.deepEqual(
      parsed.faults.map(({ line, path }) => [line, path]),
      [[6, 'authenticationSettings[0].reproof']],
    );
    assert.match(parsed.faults[0]?.message ?? '', says);
  }
});

test('a private key of many lines reaches a node that is asked over HTTP, and no line moves', () => {
  const text = provider('privateKey: { file: key.pem }', 'reproof: token', 'userInfo: maybe');
  const inlined = inlineSecrets(text.replace('maybe', 'true'), withKeys);
  assert.ok('text' in inlined);
  const parsed = parseConfigurationFile(inlined.text, readers);
  assert.ok('ok' in parsed, JSON.stringify(parsed));
  const [setting] = parsed.ok.authenticationSettings;
  assert.ok(setting?.type === 'openid-connect');
  assert.equal(setting.privateKey, PRIVATE_KEY.trimEnd());
  const broken = parseConfigurationFile(inlined.text.replace('true', 'maybe'), readers);
  assert.ok('faults' in broken);
  assert.equal(broken.faults[0]?.line, 8);
});
