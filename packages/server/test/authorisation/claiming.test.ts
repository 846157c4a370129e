// What a visitor gets who only says who they are (A05).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Conversation } from '@countersign/protocol';
import { conversationWith, readConversation } from '../guest-api/agent.ts';
import { type GuestClient, presenceOf } from '../guest-api/guest-client.ts';
import { deployments, startWorld, type World } from '../guest-api/world.ts';

let world: World;
/** Verified, with a history, and an e-mail address that others claim. */
let ada: Conversation;
let adaJwt: string;
before(async () => {
  world = await startWorld();
  adaJwt = (await world.signInAtProvider('u-1007')).jwt;
  const client = await world.connect({ deploymentId: deployments.shop });
  await client.signIn(adaJwt);
  await client.say('canary of Ada');
  ada = await conversationWith(world, 'canary of Ada');
});
after(() => world.close());

const withAttributes = (customAttributes: object) => ({
  channel: { metadata: { customAttributes } },
});

async function guestAt(deploymentId: string): Promise<GuestClient> {
  const client = await world.connect({ deploymentId });
  assert.equal((await client.configure()).code, 200);
  return client;
}

async function call<T>(
  method: string,
  path: string,
  body?: object,
): Promise<T & { code?: string }> {
  return JSON.parse((await world.agent(method, path, body)).text);
}

interface ContactAnswer {
  id: string;
  name?: string;
  verified: boolean;
  identities: { subject: string }[];
  conversations: Conversation[];
}
const contactOf = (id: string | undefined) => call<ContactAnswer>('GET', `/api/contacts/${id}`);

async function mustSeeNothingOfAda(client: GuestClient): Promise<void> {
  const { text } = await world.history(client);
  assert.doesNotMatch(text, /canary of Ada/);
  assert.ok(!client.frames.some(({ body }) => body.text === 'canary of Ada'));
}

test('A05 a claimed e-mail address of a verified person links nothing and opens nothing', async () => {
  const before = await contactOf(ada.contact?.id);
  assert.equal(before.verified, true);
  assert.match(ada.contact?.email ?? '', /@/);
  for (const attributes of [
    { Email: ada.contact?.email },
    { Name: 'Ada Ng', Email: ada.contact?.email },
    { Name: 'Ada Ng' },
    { portalcontactid: before.id },
    { Name: before.id, contactId: before.id, sub: 'u-1007' },
  ]) {
    const client = await guestAt(deployments.shop);
    const text = `I am Ada ${randomUUID()}`;
    await client.say(text, withAttributes(attributes));
    // It is routed by the time that the next frame is answered
    await client.settled();
    const conversation = await conversationWith(world, text);
    assert.equal(conversation.contact, null);
    assert.equal(conversation.authenticated, false);
    assert.ok(['anonymous', 'claimed'].includes(conversation.identity.state));
    assert.equal(conversation.queue, 'Guests', 'rules see no sign-in');
    await mustSeeNothingOfAda(client);
  }
  assert.deepEqual(await contactOf(before.id), before);
});

test('A05 an agent’s link to a verified contact proves nothing and shows the guest nothing', async () => {
  const client = await guestAt(deployments.shop);
  await client.say('It is me, Ada, believe me');
  const { id } = await conversationWith(world, 'It is me, Ada, believe me');
  const path = `/api/conversations/${id}/contact`;
  const linked = await call<Conversation>('PUT', path, { contact: ada.contact?.id });
  assert.equal(linked.contact?.id, ada.contact?.id);
  assert.deepEqual([linked.authenticated, linked.identity.state], [false, 'anonymous']);
  await mustSeeNothingOfAda(client);
  const how = await call<{ linked: { how: string; by: string } }>('GET', path);
  assert.deepEqual([how.linked.how, how.linked.by], ['agent', 'tests']);
  assert.equal((await call<Conversation>('PUT', path, { contact: null })).contact, null);
});

test('A05 what a sign-in says, no agent changes', async () => {
  const made = await call<ContactAnswer>('POST', '/api/contacts', { name: 'Somebody else' });
  const path = `/api/conversations/${ada.id}/contact`;
  for (const contact of [made.id, null]) {
    assert.equal((await call('PUT', path, { contact })).code, 'verified_contact');
  }
  const refused = await call('PATCH', `/api/contacts/${ada.contact?.id}`, { name: 'Eve' });
  assert.equal(refused.code, 'verified_field');
  const now = await readConversation(world, ada.id);
  assert.deepEqual([now.contact, now.identity], [ada.contact, ada.identity]);
});

test('A05 a guest without a proof, or with a broken one, stays a guest', async () => {
  const client = await guestAt(deployments.shop);
  await client.say('about to forge');
  const [head, body, signature] = adaJwt.split('.');
  const forged = [
    '',
    'x.y.z',
    `${head}.${body}.`,
    `${head}.${Buffer.from('{"sub":"u-1007"}').toString('base64url')}.${signature}`,
    world.portalToken({ sub: 'u-1007' }),
  ];
  for (const jwt of forged) assert.equal((await client.signIn(jwt)).code, 401);
  const { identity, contact, authenticated } = await conversationWith(world, 'about to forge');
  assert.deepEqual([identity, contact, authenticated], [{ state: 'anonymous' }, null, false]);
  await mustSeeNothingOfAda(client);
});

test('A05 the same e-mail address proven elsewhere is another person, and never merged', async () => {
  const claims = { sub: 'portal-ada', name: 'Ada Ng', email: ada.contact?.email };
  const { jwt } = await world.signInAtPortal(claims);
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  await client.say('Ada at the portal');
  const other = await conversationWith(world, 'Ada at the portal');
  assert.notEqual(other.contact?.id, ada.contact?.id);
  await mustSeeNothingOfAda(client);
  for (const [from, into] of [
    [other, ada],
    [ada, other],
  ]) {
    const path = `/api/contacts/${from?.contact?.id}/merge`;
    const merging = { into: into?.contact?.id, reason: 'the same e-mail address' };
    assert.equal((await call('POST', path, merging)).code, 'both_verified');
  }
  assert.equal((await contactOf(ada.contact?.id)).identities.length, 1);
  assert.equal((await contactOf(other.contact?.id)).identities.length, 1);
});

test('A05 a claim links the one unverified contact that it names, and is called a claim', async () => {
  const values = { name: 'Bo Berg', email: 'bo@example.com', phone: '+47 900 00 001' };
  const bo = await call<ContactAnswer>('POST', '/api/contacts', values);
  const client = await guestAt(deployments.open);
  await client.say('I am Bo', withAttributes({ Name: ' Bo Berg ', Email: 'bo@example.com' }));
  const conversation = await conversationWith(world, 'I am Bo');
  assert.equal(conversation.contact?.id, bo.id);
  assert.deepEqual(
    [conversation.identity, conversation.authenticated],
    [{ state: 'claimed' }, false],
  );
  const how = await call<{ linked: { how: string } }>(
    'GET',
    `/api/conversations/${conversation.id}/contact`,
  );
  assert.equal(how.linked.how, 'claim');
  // Later values are facts of the conversation, and link nothing any more
  const guest = await guestAt(deployments.open);
  await guest.say('Who am I');
  await guest.say('I am Bo too', withAttributes({ Email: 'bo@example.com' }));
  assert.equal((await conversationWith(world, 'I am Bo too')).contact, null);
  const wrong = await guestAt(deployments.open);
  await wrong.say('No Bo', withAttributes({ Name: 'Bo Berg', Email: 'other@example.com' }));
  const nobody = await conversationWith(world, 'No Bo');
  assert.deepEqual([nobody.contact, nobody.identity.state], [null, 'claimed']);
  const other = await guestAt(deployments.open);
  await other.say('lower case', withAttributes({ name: 'Bo Berg', email: 'bo@example.com' }));
  assert.equal((await conversationWith(world, 'lower case')).identity.state, 'anonymous');
});

test('A05 a proof replaces what was claimed', async () => {
  const values = { name: 'Claimed Person', email: 'claimed@example.com' };
  const claimed = await call<ContactAnswer>('POST', '/api/contacts', values);
  const client = await guestAt(deployments.shop);
  await client.say('claiming', withAttributes({ Email: 'claimed@example.com' }));
  assert.equal((await conversationWith(world, 'claiming')).contact?.id, claimed.id);
  await client.signIn((await world.signInAtProvider('u-1012')).jwt);
  await client.say('proving');
  const conversation = await conversationWith(world, 'proving');
  assert.equal(conversation.authenticated, true);
  assert.notEqual(conversation.contact?.id, claimed.id);
  const { verified, conversations } = await contactOf(claimed.id);
  assert.deepEqual([verified, conversations], [false, []]);
});

test('A05 a signed id of a contact links it; the same id from the page does not', async () => {
  const made = await call<ContactAnswer>('POST', '/api/contacts', { name: 'Known to the portal' });
  const guest = await guestAt(deployments.open);
  await guest.say('my id', withAttributes({ portalcontactid: made.id }));
  assert.equal((await conversationWith(world, 'my id')).contact, null);
  const lwicontexts = JSON.stringify({ portalcontactid: made.id });
  const { jwt } = await world.signInAtPortal({
    ...{ sub: 'portal-known', name: 'Robin Kim', lwicontexts },
  });
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  await client.say('signed id');
  const conversation = await conversationWith(world, 'signed id');
  assert.equal(conversation.contact?.id, made.id);
  const contact = await contactOf(made.id);
  assert.deepEqual([contact.verified, contact.name], [true, 'Robin Kim']);
  assert.equal(
    client.frames.some(({ body }) => presenceOf(body) === 'SignIn'),
    false,
  );
  // Another subject of the same setting does not get onto the same record
  const second = await world.signInAtPortal({ sub: 'portal-other', lwicontexts });
  const another = await world.connect({ deploymentId: deployments.portal });
  await another.signIn(second.jwt);
  await another.say('signed id again');
  assert.notEqual((await conversationWith(world, 'signed id again')).contact?.id, made.id);
});
