/// <reference lib="dom" />
// A proof that ends in the middle of a chat: nobody is interrupted, and nothing that was written is lost.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { CustomerPage } from './customer-page.ts';
import { ShopVisit } from './shop-visit.ts';

const ACCOUNT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11';
const PORTAL = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12';
/** A proof and a half: the real time is waited for. */
const EXPIRY_MS = 60_000;

let shop: ShopVisit;
before(async () => {
  shop = await ShopVisit.open({ accessTokenSeconds: 20, tokenSeconds: 30 });
});
after(() => shop?.close());
afterEach(() => shop.mustBeFaultless());

/** Keeps every text that a strip shows from here on. */
async function watchStrips(customer: CustomerPage): Promise<() => Promise<string[]>> {
  const panel = await customer.panel();
  await panel.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      for (const strip of document.querySelectorAll('.strip')) seen.add(strip.textContent);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
    });
    Object.assign(window, { seen });
  });
  return () => panel.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
}

/** Waits until the sign-in that is kept is another one. */
async function nextSignIn(customer: CustomerPage, deploymentId: string): Promise<void> {
  const key = `_${deploymentId}:gcatkn`;
  const panel = await customer.panel();
  const now = await panel.evaluate((name) => localStorage[name], key);
  await panel.waitForFunction(
    ([name = '', before]) => localStorage[name] !== before,
    [key, now] as const,
    { timeout: EXPIRY_MS },
  );
}

test('tokens of 30 s from the site, of 20 s from the provider: no interruption, the draft stays, verified', async () => {
  const ada = await shop.signedIn('Ada Ng');
  const mihai = await shop.customerAt('/portal');
  await mihai.page.getByRole('button', { name: /Mihai/ }).click();
  const people = [
    { who: ada, name: 'Ada Ng', deployment: ACCOUNT },
    { who: mihai, name: 'Mihai Ionescu', deployment: PORTAL },
  ];
  await Promise.all(
    people.map(async ({ who, name, deployment }) => {
      await who.openChat();
      await who.say(`Hello, ${name} here`);
      await who.field.fill('A draft of mine');
      const seen = await watchStrips(who);
      // The second renewal is past the end of the first proof
      for (let renewals = 0; renewals < 2; renewals += 1) await nextSignIn(who, deployment);
      assert.equal(await who.field.inputValue(), 'A draft of mine');
      assert.deepEqual(await seen(), [`Signed in as ${name}`]);
      await who.field.press('Enter');
      await who.said('A draft of mine').waitFor();
      await who.chat.getByText('Sending').first().waitFor({ state: 'detached' });
      assert.deepEqual(await who.messages(), [`Hello, ${name} here`, 'A draft of mine']);
    }),
  );
  for (const { name } of people) {
    await shop.maria.accept(name);
    await shop.maria.authenticated('Yes').waitFor();
    await shop.maria.said('A draft of mine').waitFor();
    await shop.maria.end();
  }
});

test('the provider is down: lapsed on both sides, nothing is lost, and it goes on by itself when it is back', async () => {
  const lena = await shop.signedIn('Lena Vogt');
  await lena.openChat();
  await lena.say('One question');
  await shop.maria.accept('Lena Vogt');
  await shop.maria.authenticated('Yes').waitFor();
  await shop.world.provider.goDown();
  await lena.field.fill('half a sen');
  const lapsed = lena.chat.getByText('Please sign in again to continue. Your message is saved.');
  await lapsed.waitFor({ timeout: EXPIRY_MS });
  await shop.maria.authenticated('No').waitFor();
  assert.equal(await lena.field.inputValue(), 'half a sen');
  await lena.write('Held one');
  await lena.write('Held two');
  await lena.chat.getByText('Waiting').first().waitFor();
  await lena.field.fill('half another');
  await shop.maria.answer('I am still here');
  await lena.said('I am still here').waitFor();
  assert.equal(await shop.maria.said('Held one').count(), 0);

  await shop.world.provider.comeBack();
  await lena.chat.getByText('Signed in as Lena Vogt').waitFor({ timeout: EXPIRY_MS });
  await lena.chat.getByText('Waiting').first().waitFor({ state: 'detached' });
  await lena.chat.getByText('Sending').first().waitFor({ state: 'detached' });
  await shop.maria.authenticated('Yes').waitFor();
  await shop.maria.said('Held two').waitFor();
  const said = ['One question', 'I am still here', 'Held one', 'Held two'];
  assert.deepEqual(await lena.messages(), said);
  for (const text of said) assert.equal(await shop.maria.said(text).count(), 1, text);
  assert.equal(await lena.field.inputValue(), 'half another');
  await lena.page.reload();
  await lena.said('Held two').waitFor();
  assert.equal(await lena.field.inputValue(), 'half another', 'a draft outlives a page load');
});
