/// <reference lib="dom" />
// One computer, two people, one after the other: the second meets nothing of the first.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { CustomerPage } from './customer-page.ts';
import { ShopVisit } from './shop-visit.ts';

const SECRET = 'My card ends in 4711';
const DRAFT = 'and my address is';

let shop: ShopVisit;
before(async () => {
  shop = await ShopVisit.open();
});
after(() => shop?.close());
afterEach(() => shop.mustBeFaultless());

/** Nothing that is shown, and nothing that is kept, is of the first person. */
async function mustShowNothing({ page }: CustomerPage): Promise<void> {
  for (const frame of page.frames()) {
    const text = await frame.evaluate(() => {
      const fields = [...document.querySelectorAll('textarea')].map(({ value }) => value);
      const kept = Object.entries({ ...localStorage, ...sessionStorage }).flat();
      return [document.body.textContent, ...fields, ...kept].join(' ');
    });
    for (const trace of [SECRET, DRAFT, 'Ada'])
      assert.ok(!text.includes(trace), `${trace} at ${frame.url()}`);
  }
}

test('signed out of the shop, next person, second tab, Back button: nothing of the first is there', async () => {
  const ada = await shop.signedIn('Ada Ng');
  await ada.openChat();
  await ada.say(SECRET);
  await ada.field.fill(DRAFT);
  const tab = await shop.anotherTab(ada, '/account');
  await tab.openChat();
  await tab.said(SECRET).waitFor();
  await tab.field.fill(DRAFT);
  // In a third tab the chat is not loaded: what was being written there must not come back either
  const third = await shop.anotherTab(ada, '/account');
  await third.openChat();
  await third.field.fill(DRAFT);
  await third.page.goto('about:blank');

  await ada.menu('Sign out on all devices');
  for (const customer of [ada, tab]) {
    await customer.chat
      .getByRole('paragraph')
      .getByText('You are signed out')
      .waitFor({ timeout: 1000 });
    assert.deepEqual(await customer.messages(), []);
    assert.deepEqual(await customer.kept(), {});
  }
  const announced = ada.chat.locator('[aria-live=polite]', { hasText: 'You are signed out' });
  await announced.waitFor({ state: 'attached' });

  await ada.page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await ada.page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor();
  await shop.signIn(ada, 'Lena Vogt');
  await ada.chat.getByText('Signed in as Lena Vogt').waitFor();
  assert.deepEqual(await ada.messages(), []);
  await mustShowNothing(ada);
  await ada.say('Lena was here');
  await tab.page.reload();
  await third.page.goto(`${shop.world.shop}/account`);
  for (const other of [tab, third]) {
    await other.said('Lena was here').waitFor();
    assert.deepEqual(await other.messages(), ['Lena was here']);
    assert.equal(await other.field.inputValue(), '');
    await mustShowNothing(other);
  }
  for (let steps = 0; steps < 4; steps += 1) {
    await ada.page.goBack().catch(() => null);
    await mustShowNothing(ada);
  }
});

test('an app that loads no page anew: signed out, somebody else signed in, and everything asked twice', async () => {
  const page = await shop.customerAt('/portal');
  await page.page.getByRole('button', { name: /Ada/ }).click();
  await page.openChat();
  await page.say(SECRET);
  await page.field.fill(DRAFT);
  const exchanges: string[] = [];
  page.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('signedtokenexchange'))
      exchanges.push(request.url());
  });
  const command = (name: string) =>
    page.page.evaluate(
      (what) =>
        new Promise((resolve, reject) => {
          const { Countersign } = window as unknown as { Countersign(...args: unknown[]): void };
          Countersign('command', what, {}, resolve, reject);
        }),
      name,
    );
  await Promise.all([command('Auth.logout'), command('Auth.logout')]);
  await page.chat.getByRole('paragraph').getByText('You are signed out').waitFor();
  assert.deepEqual(await page.kept(), {});
  await page.page.request.post(`${shop.world.shop}/portal/sign-in`, {
    headers: { origin: shop.world.shop },
    form: { person: 'u-1012' },
  });
  await Promise.all([command('Auth.getTokens'), command('Auth.getTokens')]);
  assert.equal(exchanges.length, 1, 'asked twice at once, exchanged once');
  await page.chat.getByText(/^Signed in as/).waitFor();
  assert.deepEqual(await page.messages(), []);
  assert.equal(await page.field.inputValue(), '');
});
