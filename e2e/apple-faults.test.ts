// What may go wrong between a customer of Apple Messages and an agent, from the simulated phone: a sign-in
// link that is passed on, a sign-in that is cancelled, a provider that is gone, a gateway that fails.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Attempt, Conversation, Entry } from '@countersign/protocol';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { ApplePhone } from './apple-phone.ts';
import { launchBrowser, openContext } from './browser.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const KEY = 'a-program-that-looks-0123456789abcdef';

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
const errors: string[][] = [];

before(async () => {
  [world, browser] = await Promise.all([
    openSampleWorld(undefined, (text) =>
      text.concat(
        `\napiKeys:\n  - { name: Program, token: ${KEY}, roles: [agent, supervisor, administrator] }\n`,
      ),
    ),
    launchBrowser(),
  ]);
  const desk = await page();
  maria = await AgentDesk.open(desk, world.url, 'maria.santos@fjellfern.example', STAFF_PASSWORD);
  await maria.becomeAvailable();
});
after(async () => {
  await browser?.close();
  await world?.close();
});
afterEach(() => {
  world.apple.gateway.assertClean();
  assert.deepEqual(errors.flat(), []);
});

async function page(): Promise<Page> {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  return opened.context.newPage();
}

/** Somebody writes, and Maria takes it. */
async function phoneWith(text: string): Promise<ApplePhone> {
  const phone = await ApplePhone.open(await page(), world.apple.gateway.phoneUrl);
  await phone.say(text);
  await maria.accept('Guest');
  await maria.said(text).waitFor();
  return phone;
}

async function read<T>(path: string): Promise<T> {
  const headers = { authorization: `Bearer ${KEY}` };
  const response = await fetch(`${world.url}${path}`, { headers });
  assert.equal(response.status, 200, path);
  return JSON.parse(await response.text());
}

/** The conversation that Maria looks at. */
const openId = () => new URL(maria.page.url()).pathname.split('/').at(-1) ?? '';
const conversation = () => read<Conversation>(`/api/conversations/${openId()}`);

const entries = async () =>
  (await read<{ items: Entry[] }>(`/api/conversations/${openId()}/entries?limit=200`)).items;

async function lastRequest(): Promise<unknown> {
  return (await entries()).findLast(({ kind }) => kind === 'authentication-requested')?.data
    ?.requestIdentifier;
}

async function story(): Promise<string[]> {
  return (await entries())
    .filter(({ kind }) => /^(authentication|signed)/.test(kind))
    .map(({ kind, data }) => [kind, data?.reason, data?.subject].filter(Boolean).join(' '));
}

async function lastAttempt(): Promise<string> {
  const { items } = await read<{ items: Attempt[] }>('/api/attempts?limit=1');
  const { outcome, reason, subject, checks } = items[0] ?? assert.fail();
  return [reason ?? outcome, subject, ...checks.map(({ observed }) => observed)].join(' ');
}

/** Nobody is proven, linked or told of. */
async function isNobody(): Promise<void> {
  const { authenticated, identity, contact, context } = await conversation();
  assert.deepEqual([authenticated, identity.state, contact], [false, 'anonymous', null]);
  assert.ok(context.every(({ origin }) => origin !== 'signed'));
  await maria.authenticated('No').waitFor();
}

/** The victim's own browser: she signs in as herself. Null: it was sent on to the Messages that it lacks. */
async function victimOpens(link: string): Promise<number | null> {
  const opened = await openContext(browser);
  const victim = await opened.context.newPage();
  await victim.goto(link);
  await victim.getByRole('radio', { name: /Lena Vogt/ }).check();
  await victim.getByLabel('Password').fill(SAMPLE_PASSWORD);
  const callback = victim.waitForRequest(/\/channels\/apple\/oauth\/callback/);
  await victim.getByRole('button', { name: 'Sign in' }).click();
  const answer = await (await callback).response();
  await opened.context.close();
  return answer?.status() ?? null;
}

test('[AMB 9.6] an attacker forwards his sign-in link: whether the victim comes before or after him, he is never taken for her', async () => {
  const attacker = await phoneWith('I am Lena, believe me');
  await maria.askToSignIn();
  const link = await attacker.signInLink();

  // She comes first: her sign-in is nobody's, since his device has not said that it was there
  assert.equal(await victimOpens(link), null);
  assert.match(await lastAttempt(), /^accepted u-1012/);
  await isNobody();
  // Nor does it help that her own device says so
  const data = { version: '2.0', requestIdentifier: await lastRequest() };
  const interactiveData = { data: { ...data, authenticate: { status: 'success' } } };
  const word = await world.apple.gateway.device().send('interactive', { interactiveData });
  assert.equal(word.status, 200);
  assert.match(await lastAttempt(), /^unmatched_reply .*the request of another customer/);
  await isNobody();
  // He opens the link that she has used
  await attacker.signInAs('Mihai Ionescu');
  await attacker.told(/^The sign-in ended on a page/).waitFor();
  assert.match(await lastAttempt(), /^unmatched_reply .*used before/);
  await isNobody();
  assert.deepEqual(await story(), ['authentication-requested']);

  // He comes first: he is himself, and her sign-in is refused
  await maria.askAgain();
  await attacker.page.getByRole('button', { name: 'Sign in' }).nth(1).waitFor();
  const second = await attacker.signInLink();
  await attacker.signInAs('Mihai Ionescu');
  await maria.authenticated('Yes').waitFor();
  assert.equal(await victimOpens(second), 400);
  assert.match(await lastAttempt(), /^unmatched_reply .*used before/);
  const { identity, contact } = await conversation();
  assert.deepEqual([identity.subject, contact?.name], ['u-1019', 'Mihai Ionescu']);
  assert.deepEqual(await story(), [
    'authentication-requested',
    'authentication-requested',
    'signed-in u-1019',
  ]);
  await maria.end();
});

test('[AMB 13] cancelled at the provider, and a provider that is gone: told to the agent, and it can be done again', async () => {
  const customer = await phoneWith('It is me, Ada');
  await maria.askToSignIn();
  await customer.cancelSignIn();
  await customer.told('The sign-in was cancelled.').waitFor();
  await maria.said('Sign-in did not succeed: the customer cancelled').waitFor();
  await isNobody();

  // The provider goes while the code is being redeemed
  const { accounts } = world.apple;
  const redeeming = accounts.requests.filter(({ endpoint }) => endpoint === 'token').length + 1;
  accounts.script('token', { kind: 'hang' });
  await maria.askToSignIn();
  await customer.page.getByRole('button', { name: 'Sign in' }).nth(1).waitFor();
  await customer.signInAs('Ada Ng');
  await accounts.requested('token', redeeming);
  await accounts.goDown();
  await customer.told('The sign-in failed.').waitFor();
  await maria.said('Sign-in did not succeed: the provider gave no token').waitFor();
  assert.match(await lastAttempt(), /^token_exchange_failed/);
  await isNobody();

  // It is still gone when she tries again, and back when she tries once more
  await maria.askToSignIn();
  await customer.page.getByRole('button', { name: 'Sign in' }).nth(1).waitFor();
  await customer.signInAs('Ada Ng');
  await customer.told(/cannot be reached/).waitFor();
  await isNobody();
  await accounts.comeBack();
  await customer.signInAs('Ada Ng');
  await maria.authenticated('Yes').waitFor();
  assert.deepEqual(await story(), [
    'authentication-requested',
    'authentication-failed customer_cancelled',
    'authentication-requested',
    'authentication-failed token_exchange_failed',
    'authentication-requested',
    'signed-in u-1007',
  ]);
  await maria.end();
});

test('[AMB 2.5] a gateway that answers 500 for a while: all arrives in its order, and nothing twice', async () => {
  const customer = await phoneWith('Which pole fits?');
  const { gateway } = world.apple;
  const failing = { kind: 'status', status: 500 } as const;
  // Of the second try only the answer is lost: the device has the message already
  gateway.script('message', failing, { ...failing, afterAccepting: true });
  gateway.script('authenticate', failing);
  for (const text of ['The long one', 'In carbon']) await maria.answer(text);
  await maria.askToSignIn();
  await maria.answer('Sign in and I see your order');
  await customer.log.getByText('Sign in and I see your order').waitFor();
  assert.deepEqual(await customer.agentsTexts(), [
    'The long one',
    'In carbon',
    'Please sign in to Fjell & Fern / Sign in',
    'Sign in and I see your order',
  ]);
  assert.equal(gateway.duplicates.length, 1);
  assert.deepEqual(await story(), ['authentication-requested']);
  await maria.end();
});
