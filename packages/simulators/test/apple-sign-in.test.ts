import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createHash, type ECDH, randomUUID } from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import {
  type AppleGateway,
  type Device,
  type OAuthProvider,
  pkce,
  type SignInOptions,
  startIdentityProvider,
  startOAuthProvider,
  type Version1Options,
} from '../src/index.ts';
import {
  BUSINESS_ID,
  interactive,
  MSP_ID,
  MSP_SECRET,
  type Provider,
  send,
  startWorld,
} from './apple-messaging-provider.ts';

const DEVICE_REDIRECT = 'https://auth.businesschat.apple.com';
const SECRET = 'of the client';

/** What a provider does with a version 1 token (§8), by node:crypto. */
function open(token: string, recipient: ECDH): string {
  const bytes = Buffer.from(token, 'base64');
  const point = bytes.subarray(0, 97);
  const shared = recipient.computeSecret(point);
  const block = (count: number) =>
    createHash('sha256')
      .update(Buffer.concat([shared, Buffer.from([0, 0, 0, count]), point]))
      .digest();
  const key = Buffer.concat([block(1), block(2)]).subarray(0, 48);
  const cipher = createDecipheriv('aes-256-gcm', key.subarray(0, 32), key.subarray(32), {
    authTagLength: 16,
  });
  cipher.setAuthTag(bytes.subarray(-16));
  const clear = Buffer.concat([cipher.update(bytes.subarray(97, -16)), cipher.final()]);
  return clear.toString('utf8');
}

suite('signing in on a device', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let gateway: AppleGateway;
  let provider: Provider;
  let accounts: OAuthProvider;
  let device: Device;
  let callbackUrl: string;
  before(async () => {
    accounts = await startOAuthProvider();
    world = await startWorld({
      // The query of its own is lost on the way (§7.3)
      authorizationUrl: `${accounts.authorizationUrl}?tenant=lost`,
      accessTokenUrl: accounts.accessTokenUrl,
      clientIdentifier: 'countersign',
    });
    ({ gateway, provider } = world);
    callbackUrl = new URL('/callback', provider.url).href;
    accounts.registerClient({
      clientId: 'countersign',
      clientSecret: SECRET,
      redirectUris: [DEVICE_REDIRECT, callbackUrl],
    });
  });
  beforeEach(() => {
    device = gateway.device();
    accounts.answerAs({});
    accounts.clearScript();
  });
  after(async () => {
    await world.close();
    await accounts.close();
  });

  /* biome-ignore lint/suspicious/noExplicitAny: what a webhook says, to be looked into */
  const data = (): any => Object(provider.last().interactiveData).data;

  async function ask(to: Device, version: '1.0' | '2.0', oauth2: Record<string, unknown>) {
    const common = { responseType: 'code', scope: ['openid', 'email'], state: randomUUID() };
    const authenticate = { oauth2: { ...common, ...oauth2 } };
    const body = interactive(to, { version, authenticate });
    const { status, text } = await send(gateway, body, { path: '/authenticate' });
    assert.equal(status, 200, text);
    return to.next('sign-in');
  }

  async function askVersion1(oauth2 = {}, to = device) {
    const recipient = createECDH('secp384r1');
    const responseEncryptionKey = recipient.generateKeys('base64');
    const more = { responseEncryptionKey, clientSecret: SECRET, ...oauth2 };
    return { recipient, message: await ask(to, '1.0', more) };
  }

  async function opensTo(options: SignInOptions = {}, oauth2 = {}) {
    const { recipient, message } = await askVersion1(oauth2);
    const outcome = await device.signIn(message, options);
    assert.equal(outcome.status, 'authenticated');
    assert.equal(data().requestIdentifier, message.requestIdentifier);
    const token = open(data().authenticate.token, recipient);
    assert.equal(token, outcome.accessToken);
    assert.equal(provider.webhooks.at(-1)?.raw.includes(token), false);
    const headers = { authorization: `Bearer ${token}` };
    const profile = await fetch(accounts.profileUrl, { headers });
    return JSON.parse(await profile.text());
  }

  const requestTo = (endpoint: string) =>
    accounts.requests.filter((request) => request.endpoint === endpoint).at(-1);

  test('[17.4] v1: the device redeems the code and encrypts the token', async () => {
    assert.equal((await opensTo({ person: 'u-1012' })).sub, 'u-1012');
    assert.deepEqual(data().replyMessage, { title: 'Thank you' });
    assert.equal(requestTo('authorize')?.query.has('tenant'), false);
    assert.deepEqual([...(requestTo('authorize')?.query.keys() ?? [])].sort(), [
      'client_id',
      'redirect_uri',
      'response_encryption_key',
      'response_type',
      'scope',
      'state',
    ]);
    assert.equal(requestTo('authorize')?.query.get('scope'), 'openid email');
    assert.deepEqual([...(requestTo('token')?.form.keys() ?? [])].sort(), [
      'client_id',
      'client_secret',
      'code',
      'grant_type',
      'redirect_uri',
    ]);
  });

  test('[17.4] v1: before iOS 15 the exchange is in the query', async () => {
    assert.equal((await opensTo({ version1: { isBeforeIos15: true } })).sub, 'u-1007');
    assert.equal(requestTo('token')?.form.size, 0);
    assert.equal(requestTo('token')?.query.get('grant_type'), 'authorization_code');
  });

  test('[17.4] v1: responseType token, and tokens in query, fragment and form', async () => {
    assert.equal((await opensTo({}, { responseType: 'token' })).sub, 'u-1007');
    for (const mode of ['query', 'fragment', 'form_post'] as const) {
      accounts.answerAs({ responseType: 'token', mode });
      assert.equal((await opensTo()).sub, 'u-1007');
      accounts.answerAs({ mode });
      assert.equal((await opensTo()).sub, 'u-1007');
    }
  });

  async function failure(options: SignInOptions = {}) {
    const { message } = await askVersion1();
    const outcome = await device.signIn(message, options);
    assert.equal(outcome.status, 'failed');
    const { status, token, errors } = data().authenticate;
    assert.deepEqual([status, token], ['failed', undefined]);
    assert.notDeepEqual(data().replyMessage, { title: 'Thank you' });
    return [errors.length, errors[0].code, errors[0].domain];
  }

  test('[17.4] v1: errors of the provider become failed with errors[]', async () => {
    const own = 'com.apple.icloud.messages.business.authentication.error';
    assert.deepEqual(await failure({ choice: 'cancel' }), [1, 0, own]);
    assert.deepEqual(await failure({ password: 'wrong' }), [1, 0, own]);
    accounts.script('token', { kind: 'error', error: 'invalid_grant' });
    assert.deepEqual(await failure(), [1, 2, own]);
    accounts.script('token', { kind: 'not-json' });
    assert.deepEqual(await failure(), [1, 0, own]);
    accounts.script('token', { kind: 'claims', claims: { access_token: undefined } });
    assert.deepEqual(await failure(), [1, 2, own]);
    accounts.script('token', { kind: 'reset' });
    assert.deepEqual(await failure(), [1, -1004, 'NSURLErrorDomain']);
  });

  test('[17.4] v1: silence', async () => {
    const { message } = await askVersion1();
    const before = provider.webhooks.length;
    const outcome = await device.signIn(message, { version1: { misbehaviour: 'silence' } });
    assert.deepEqual([outcome.status, outcome.delivery], ['silent', undefined]);
    assert.equal(provider.webhooks.length, before);
  });

  test('[17.4] v1: a request identifier nobody gave, and one of another customer', async () => {
    const { message } = await askVersion1();
    await device.signIn(message, { version1: { misbehaviour: 'wrong-request-identifier' } });
    assert.notEqual(data().requestIdentifier, message.requestIdentifier);
    const { message: foreign } = await askVersion1({}, gateway.device());
    const { requestIdentifier } = foreign;
    await device.signIn(message, { version1: { requestIdentifier } });
    assert.equal(data().requestIdentifier, requestIdentifier);
    assert.equal(provider.last().sourceId, device.opaqueId);
  });

  test('[17.4] v1: replay of an old reply', async () => {
    const { message } = await askVersion1();
    const { delivery } = await device.signIn(message);
    const first = provider.last();
    const again = await device.repeat({ isNew: true });
    assert.notEqual(again.id, delivery?.id);
    assert.deepEqual(provider.last().interactiveData, first.interactiveData);
  });

  const unreadable: NonNullable<Version1Options['misbehaviour']>[] = [
    'key-of-previous-request',
    'corrupted-tag',
    'p256-point',
    'point-off-curve',
    'short-token',
    'not-base64',
  ];
  for (const misbehaviour of unreadable) {
    test(`[17.4] v1: ${misbehaviour}, which the receiver cannot open`, async () => {
      const earlier = await askVersion1();
      const { recipient, message } = await askVersion1();
      await device.signIn(message, { version1: { misbehaviour } });
      const { status, token } = data().authenticate;
      assert.equal(status, 'authenticated');
      assert.throws(() => open(token, recipient));
      if (misbehaviour === 'key-of-previous-request') open(token, earlier.recipient);
    });
  }

  test('[17.4] v1: a status that nobody knows', async () => {
    const { message } = await askVersion1();
    await device.signIn(message, { version1: { misbehaviour: 'unknown-status' } });
    assert.equal(data().authenticate.status, 'unknown');
  });

  /** A provider's callback, and what it answers when the code was redeemed. */
  function serveCallback(expected: string, verifier: string, location: string) {
    const callbacks: URL[] = [];
    const pending = new Set([expected]);
    provider.serve = async (url) => {
      callbacks.push(url);
      const { searchParams } = url;
      if (!pending.delete(searchParams.get('state') ?? '')) return { status: 400, body: 'no' };
      if (searchParams.has('error')) return { status: 302, location };
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        code: searchParams.get('code') ?? '',
        redirect_uri: callbackUrl,
        client_id: 'countersign',
        client_secret: SECRET,
        code_verifier: verifier,
      });
      const answer = await fetch(accounts.accessTokenUrl, { method: 'POST', body });
      return { status: 302, location: answer.status === 200 ? location : 'about:blank' };
    };
    return callbacks;
  }

  async function askVersion2(location = 'messages-auth://?status=success', to = device) {
    const { codeVerifier, codeChallenge } = pkce();
    const state = randomUUID();
    const additionalParameters = new URLSearchParams({
      nonce: 'n-1',
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    }).toString();
    const message = await ask(to, '2.0', { redirectURI: callbackUrl, state, additionalParameters });
    return { message, callbacks: serveCallback(state, codeVerifier, location) };
  }

  test('[17.4] v2: the callback is loaded, the messages-auth redirect reported', async () => {
    const { message, callbacks } = await askVersion2();
    const outcome = await device.signIn(message, { person: 'u-1019' });
    assert.equal(outcome.status, 'success');
    assert.equal(callbacks.length, 1);
    assert.deepEqual(data(), {
      version: '2.0',
      requestIdentifier: message.requestIdentifier,
      authenticate: { status: 'success' },
      replyMessage: { title: 'Thank you' },
    });
    assert.equal(requestTo('authorize')?.query.get('nonce'), 'n-1');
    gateway.assertClean();
  });

  const redirects: Record<string, object> = {
    'messages-auth://?status=cancel': { status: 'cancel' },
    'messages-auth://?status=failure&error_code=3': { status: 'failure', error_code: 3 },
    'messages-auth://?status=failure': { status: 'unknown' },
    'messages-auth://?status=failure&error_code=x': { status: 'unknown' },
    'messages-auth://?status=success&status=success': { status: 'unknown' },
    'messages-auth://?status=failure&error_code=1&error_code=2': { status: 'unknown' },
    'messages-auth://?status=success&error_code=': { status: 'unknown' },
    'messages-auth://?status=': { status: 'unknown' },
    'messages-auth://?status=done': { status: 'unknown' },
    'messages-auth://': { status: 'unknown' },
  };
  for (const [location, authenticate] of Object.entries(redirects)) {
    test(`[17.4] v2: ${location} is read strictly`, async () => {
      const { message } = await askVersion2(location);
      await device.signIn(message);
      assert.deepEqual(data().authenticate, authenticate);
    });
  }

  test('[17.4] v2: a callback that leads nowhere leaves the device silent', async () => {
    const { message } = await askVersion2();
    provider.serve = async () => ({ status: 400, body: 'something went wrong' });
    const outcome = await device.signIn(message);
    assert.deepEqual([outcome.status, outcome.page?.status], ['silent', 400]);
  });

  test('[17.4] v2: cancel at the provider reaches the callback as access_denied', async () => {
    const { message, callbacks } = await askVersion2('messages-auth://?status=cancel');
    const { status } = await device.signIn(message, { choice: 'cancel' });
    assert.equal(status, 'cancel');
    assert.equal(callbacks[0]?.searchParams.get('error'), 'access_denied');
  });

  test('[17.4] v2: success without ever calling the callback', async () => {
    const { message, callbacks } = await askVersion2();
    await device.signIn(message, { version2: { misbehaviour: 'success-without-callback' } });
    assert.deepEqual(data().authenticate, { status: 'success' });
    assert.deepEqual(callbacks, []);
  });

  test('[17.4] v2: the callback from one device, success from another Opaque ID', async () => {
    const { message, callbacks } = await askVersion2();
    const victim = gateway.device({ person: 'u-1012' });
    const callback = await victim.reachCallback(message);
    assert.deepEqual((await victim.loadCallback(callback)).report, { status: 'success' });
    assert.equal(callbacks.length, 1);
    const attacker = gateway.device();
    await attacker.reportSignIn(message, { status: 'success' });
    assert.equal(provider.last().sourceId, attacker.opaqueId);
    assert.equal(data().requestIdentifier, message.requestIdentifier);
  });

  test('[17.4] v2: the callback twice with the same state', async () => {
    const { message, callbacks } = await askVersion2();
    const twice = { version2: { misbehaviour: 'callback-twice' as const } };
    const { status, page } = await device.signIn(message, twice);
    assert.deepEqual([status, page?.status], ['success', 400]);
    const states = callbacks.map(({ searchParams }) => searchParams.get('state'));
    assert.equal(states.length, 2);
    assert.equal(states[0], states[1]);
  });

  test('[17.4] v2: the callback with a wrong state', async () => {
    const { message, callbacks } = await askVersion2();
    const wrong = { version2: { misbehaviour: 'wrong-state' as const } };
    const { status, page } = await device.signIn(message, wrong);
    assert.deepEqual([status, page?.status], ['silent', 400]);
    assert.notEqual(callbacks[0]?.searchParams.get('state'), message.oauth2.state);
  });

  test('[17.4] v2: the callback long after the person signed in', async () => {
    const { message, callbacks } = await askVersion2();
    const callback = await device.reachCallback(message);
    assert.deepEqual(callbacks, [], 'a test can move the clock here');
    assert.deepEqual((await device.loadCallback(callback)).report, { status: 'success' });
  });

  test('[17.4] v2: cancel after the code was redeemed', async () => {
    const { message, callbacks } = await askVersion2();
    await device.signIn(message, { version2: { misbehaviour: 'cancel-after-success' } });
    assert.equal(callbacks.length, 1);
    assert.deepEqual(data().authenticate, { status: 'cancel' });
  });

  test('[17.4] v2: the webhook before the callback has begun, and before it has finished', async () => {
    const { message, callbacks } = await askVersion2();
    const webhooksBefore = provider.webhooks.length;
    let webhooksAtCallback = 0;
    const { serve } = provider;
    provider.serve = (url) => {
      webhooksAtCallback = provider.webhooks.length;
      return serve(url);
    };
    await device.signIn(message, { version2: { misbehaviour: 'report-before-callback' } });
    assert.deepEqual([webhooksAtCallback - webhooksBefore, callbacks.length], [1, 1]);

    const { message: second } = await askVersion2();
    const { promise, resolve } = Promise.withResolvers<void>();
    accounts.script('token', { kind: 'hold', until: promise });
    const tokens = accounts.requests.filter(({ endpoint }) => endpoint === 'token').length;
    const loading = device.loadCallback(await device.reachCallback(second));
    await accounts.requested('token', tokens + 1);
    await device.reportSignIn(second, { status: 'success' });
    resolve();
    assert.deepEqual((await loading).report, { status: 'success' });
  });

  test('[17.4] v2: the webhook never', async () => {
    const { message, callbacks } = await askVersion2();
    const before = provider.webhooks.length;
    const never = { version2: { misbehaviour: 'never-report' as const } };
    assert.equal((await device.signIn(message, never)).status, 'silent');
    assert.deepEqual([callbacks.length, provider.webhooks.length], [1, before]);
  });

  test('[9.2] parameters that redefine the request are a violation', async () => {
    const additionalParameters = 'prompt=login&redirect_uri=https://evil.example/';
    await ask(device, '2.0', { redirectURI: callbackUrl, additionalParameters });
    assert.equal(gateway.violations.at(-1)?.code, 'additional_parameter_redefines');
  });

  test('[17.4] v2 at the certified provider, whose sign-in has cookies and several redirects', async () => {
    const certified = await startIdentityProvider({
      clients: [{ clientId: 'apple', clientSecret: SECRET, redirectUris: [callbackUrl] }],
    });
    gateway.register({
      businessId: BUSINESS_ID,
      mspId: MSP_ID,
      mspSecret: MSP_SECRET,
      webhookUrl: provider.url,
      authorizationUrl: `${certified.issuer}/auth`,
      accessTokenUrl: `${certified.issuer}/token`,
      clientIdentifier: 'apple',
    });
    const { message } = await askVersion2();
    const { url } = await device.reachCallback(message, { person: 'lena.vogt@example.com' });
    assert.ok(new URL(url).searchParams.has('code'));
    await certified.close();
  });
});
