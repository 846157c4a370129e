// A guest signs in during the chat: of their own accord, and because an agent asks for it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import { ShopVisit } from './shop-visit.ts';

let shop: ShopVisit;
before(async () => {
  shop = await ShopVisit.open();
});
after(() => shop?.close());
afterEach(() => shop.mustBeFaultless());

test('a guest signs in: the messages stay, and both sides see where the sign-in was', async () => {
  const guest = await shop.customerAt('/account');
  await guest.openChat();
  await guest.say('Asked as a guest');
  await shop.maria.accept('Guest');
  await shop.maria.authenticated('No').waitFor();
  await guest.chat.getByRole('button', { name: 'Sign in' }).click();
  await guest.signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  await guest.chat.getByText('Signed in as Ada Ng').waitFor();
  await guest.said('Asked as a guest').waitFor();
  await guest.chat.getByText('You signed in').waitFor();
  await shop.maria.authenticated('Yes').waitFor();
  await guest.say('Asked as Ada');
  assert.deepEqual(await guest.messages(), ['Asked as a guest', 'Asked as Ada']);
  await shop.maria.said('Asked as a guest').waitFor();
  await shop.maria.page.getByText('Signed in with Fjell & Fern account').waitFor();
  await shop.maria.end();
});

test('the agent asks the customer to sign in, who does it from the strip', async () => {
  const guest = await shop.customerAt('/account');
  await guest.openChat();
  await guest.say('What did I order last?');
  await shop.maria.accept('Guest');
  await shop.maria.answer('Let me see.');
  await guest.said('Let me see.').waitFor();
  await shop.maria.askToSignIn();
  const strip = guest.chat.locator('.strip', { hasText: /^Maria.* asks you to sign in\./ });
  await strip.getByRole('button', { name: 'Sign in' }).click();
  await guest.signInAtProvider('Mihai Ionescu', SAMPLE_PASSWORD);
  await guest.chat.getByText('Signed in as Mihai Ionescu').waitFor();
  await shop.maria.authenticated('Yes').waitFor();
  // The page was loaded anew: its history comes after the name
  await guest.said('Let me see.').waitFor();
  assert.deepEqual(await guest.messages(), ['What did I order last?', 'Let me see.']);
});
