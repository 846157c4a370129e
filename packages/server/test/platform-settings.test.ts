import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guestRateLimits } from '@countersign/protocol';
import { publicUrlOf, readSettings } from '../src/settings.ts';

test('a node needs no setting', () => {
  const settings = readSettings({ COUNTERSIGN_PORT: '', DATABASE_URL: ' ' });
  assert.equal(settings.port, 8080);
  assert.equal(publicUrlOf(settings, settings.port), 'http://127.0.0.1:8080');
  assert.equal(settings.secrets.databaseUrl, undefined);
  assert.deepEqual(settings.rateLimits, guestRateLimits);
});

test('settings are read', () => {
  const settings = readSettings({
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_HOST: '::',
    COUNTERSIGN_PUBLIC_URL: 'https://chat.example.com/',
    COUNTERSIGN_DATA_DIR: '/var/lib/countersign',
    COUNTERSIGN_ALLOW_PRIVATE_HOSTS: 'ID.test:9000, [::1]:443,127.0.0.1:80',
    COUNTERSIGN_KEY: `${'ab'.repeat(32)},${'cd'.repeat(32)}`,
    COUNTERSIGN_RATE_LIMITS: '{"messagesPerSession":9}',
    NATS_URL: 'nats://nats:4222',
  });
  assert.equal(publicUrlOf(settings, 1), 'https://chat.example.com');
  assert.deepEqual(settings.allowPrivateHosts, ['id.test:9000', '[::1]:443', '127.0.0.1:80']);
  assert.equal(settings.secrets.keys.length, 2);
  const messagesPerSession = { ...guestRateLimits.messagesPerSession, count: 9 };
  assert.deepEqual(settings.rateLimits, { ...guestRateLimits, messagesPerSession });
  const everywhere = readSettings({ COUNTERSIGN_HOST: '::' });
  assert.equal(publicUrlOf(everywhere, 81), 'http://localhost:81');
});

test('the company’s sign-in is set whole or not at all, and its secret is kept apart', () => {
  const whole = {
    COUNTERSIGN_STAFF_SSO_ISSUER: 'https://id.example.com/realm',
    COUNTERSIGN_STAFF_SSO_CLIENT_ID: 'countersign',
    COUNTERSIGN_STAFF_SSO_CLIENT_SECRET: 'canary',
  };
  const { secrets, ...rest } = readSettings(whole);
  const issuer = 'https://id.example.com/realm';
  assert.deepEqual(rest.staffSso, { issuer, clientId: 'countersign', name: 'id.example.com' });
  assert.equal(secrets.staffSsoClientSecret, 'canary');
  assert.equal(readSettings({}).staffSso, undefined);
  for (const name of Object.keys(whole)) {
    assert.throws(() => readSettings({ ...whole, [name]: '' }), new RegExp(`${name} is not set`));
  }
  const wrong = { ...whole, COUNTERSIGN_STAFF_SSO_ISSUER: 'id.example.com' };
  assert.throws(() => readSettings(wrong), /expected the issuer of an OpenID provider/);
});

test('rate limits can be off', () => {
  assert.equal(readSettings({ COUNTERSIGN_RATE_LIMITS: 'off' }).rateLimits, 'off');
});

test('a wrong setting is named with what was found and what was expected', () => {
  const cases: [variable: string, value: string, expected: RegExp][] = [
    ['COUNTERSIGN_PORT', '80a', /"80a"; expected a number from 0 to 65535/],
    ['COUNTERSIGN_PORT', '65536', /"65536"/],
    ['COUNTERSIGN_HOST', 'http://x', /without port/],
    ['COUNTERSIGN_PUBLIC_URL', 'chat.example.com', /http or https URL/],
    ['COUNTERSIGN_PUBLIC_URL', 'https://chat.example.com/path', /without path/],
    ['COUNTERSIGN_ALLOW_PRIVATE_HOSTS', 'a:1,b', /"b" in its list; expected host:port/],
    ['COUNTERSIGN_ALLOW_PRIVATE_HOSTS', 'http://a:1', /host:port/],
    ['COUNTERSIGN_KEY', 'canary', /something of 6 characters; expected 32 bytes/],
    ['COUNTERSIGN_RATE_LIMITS', '{"x":1}', /unknown limit "x"; expected off, or/],
    ['COUNTERSIGN_RATE_LIMITS', '{"messagesPerSession":0}', /messagesPerSession as 0/],
    ['COUNTERSIGN_RATE_LIMITS', 'on', /not a JSON object/],
    ['COUNTERSIGN_LOG_LEVEL', 'loud', /one of fatal/],
    ['COUNTERSIGN_ATTEMPT_DAYS', '0', /whole number of days from 1 to 3650/],
    ['COUNTERSIGN_ATTEMPT_DAYS', '2.5', /whole number of days/],
    ['DATABASE_URL', 'mysql://u:canary@h/d', /begins with "mysql:"; expected one that begins with/],
    ['DATABASE_URL', 'canary', /not a URL/],
    ['NATS_URL', 'nats://n:4222', /NATS_URL is; expected the same key/],
  ];
  for (const [variable, value, expected] of cases) {
    assert.throws(
      () => readSettings({ [variable]: value }),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'invalid_setting');
        assert.match(
          error.message,
          variable === 'NATS_URL' ? /^COUNTERSIGN_KEY/ : new RegExp(`^${variable}`),
        );
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /canary/);
        return true;
      },
    );
  }
});
