// One person, two devices, one conversation: each device can be signed out alone.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ShopVisit } from './shop-visit.ts';

let shop: ShopVisit;
before(async () => {
  shop = await ShopVisit.open();
});
after(() => shop?.close());
afterEach(() => shop.mustBeFaultless());

test('signed out on one device, the other goes on in the same conversation', async () => {
  const laptop = await shop.signedIn('Ada Ng');
  await laptop.openChat();
  await laptop.say('From the laptop');
  const phone = await shop.signedIn('Ada Ng');
  await phone.openChat();
  await phone.said('From the laptop').waitFor();
  await phone.say('From the phone');
  await laptop.said('From the phone').waitFor();
  await shop.maria.accept('Ada Ng');

  await laptop.menu('Sign out on this device');
  await laptop.chat.getByRole('paragraph').getByText('You are signed out').waitFor();
  assert.deepEqual(await laptop.messages(), []);
  assert.deepEqual(await laptop.kept(), {});
  await phone.say('Still here');
  await shop.maria.said('Still here').waitFor();
  await shop.maria.authenticated('Yes').waitFor();
  await shop.maria.answer('Good');
  await phone.said('Good').waitFor();
  assert.deepEqual(await laptop.messages(), []);

  await phone.menu('Sign out on all devices');
  await phone.chat.getByRole('paragraph').getByText('You are signed out').waitFor();
  await shop.maria.authenticated('No').waitFor();
});
