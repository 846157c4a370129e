import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Conversation } from '@countersign/protocol';
import { type ActorName, actorNames, type Company, openCompany, upgradeStatus } from './company.ts';
import { type Place, places, type Row, readRoutes, routeOf, TABLE } from './routes-table.ts';

interface Objects {
  conversation: string;
  contact: string;
  merge: string;
}

/** One of those that some may read and fewer change. */
const SECTION = 'authenticationSettings';

let company: Company;
let other: string;
/** What a refused call is tried on: nothing may come of it. */
const kept = new Map<Place, Objects>();

before(async () => {
  company = await openCompany();
  other = (await company.supervise('POST', '/api/contacts', { name: 'Sam Other' })).id;
  for (const place of ['ours', 'theirs'] as const) kept.set(place, await makeObjects(place));
});
after(() => company.close());

let count = 0;
async function makeObjects(place: 'ours' | 'theirs'): Promise<Objects> {
  count += 1;
  const { conversation } = await company.guest(place, `${place} ${count}`);
  const name = `Sam ${count}`;
  const contact = await company.supervise('POST', '/api/contacts', { name });
  await company.supervise('PUT', `/api/conversations/${conversation.id}/contact`, {
    contact: contact.id,
  });
  const merged = await company.supervise('POST', '/api/contacts', { name });
  const merge = await company.supervise('POST', `/api/contacts/${merged.id}/merge`, {
    into: contact.id,
    reason: 'made for this test',
  });
  return { conversation: conversation.id, contact: contact.id, merge: merge.id };
}

/** As the supervisor sees them. */
async function stateOf({ conversation, contact }: Objects): Promise<string> {
  const paths = [
    `/api/conversations/${conversation}`,
    `/api/conversations/${conversation}/entries`,
    `/api/contacts/${contact}`,
    `/api/contacts/${contact}/merges`,
  ];
  const answers = await Promise.all(paths.map((path) => company.call('supervisor', 'GET', path)));
  return answers.map(({ text }) => text).join('\n');
}

function filled(template: string, objects: Objects): string {
  return Object.entries({ ...objects, other, id: randomUUID(), section: SECTION }).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, value),
    template,
  );
}

/** A merge that has no merges of its own in the way: the contact of a `/merge` row is by itself. */
async function objectsFor(row: Row, place: Place, status: number): Promise<Objects> {
  if (place === 'unknown') {
    return { conversation: randomUUID(), contact: randomUUID(), merge: randomUUID() };
  }
  const held = kept.get(place);
  assert.ok(held);
  if (status >= 300 || row.method === 'GET') return held;
  const fresh = await makeObjects(place);
  if (row.path.endsWith('/merge')) {
    await company.supervise('POST', `/api/contact-merges/${fresh.merge}/undo`);
  }
  return fresh;
}

async function attempt(row: Row, actor: ActorName, objects: Objects) {
  const text = filled(row.body, objects);
  const yaml = /^yaml /.test(text);
  const body = text === '' ? undefined : yaml ? text.slice(5) : JSON.parse(text);
  return company.call(actor, row.method, filled(row.path, objects), body);
}

const rows = readRoutes();

test('A01 every route of the node has its row in routes.md', async () => {
  const { text } = await company.call('nobody', 'GET', '/api/openapi.json');
  const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(text);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => routeOf(method, path)),
  );
  assert.ok(routes.length > 20, 'the document names the routes');
  const inTable = new Set(rows.map(({ method, path }) => routeOf(method, path)));
  const missing = routes.filter((route) => !inTable.has(route));
  const wanted = `Say in ${TABLE} who may call it: add "| ${missing[0]} | body | a status for each actor |"`;
  assert.deepEqual(missing, [], wanted);
});

for (const row of rows) {
  test(`A01 ${row.method} ${row.path}: each actor, on what is theirs, foreign or unknown`, async () => {
    const asked = row.path.includes('{') ? places : (['ours'] as const);
    const before = await Promise.all([...kept.values()].map(stateOf));
    for (const actor of actorNames) {
      const hidden: string[] = [];
      for (const place of asked) {
        const status = row.expected[actor][place];
        const objects = await objectsFor(row, place, status);
        const answer = await attempt(row, actor, objects);
        assert.equal(answer.status, status, `${actor}, ${place}: ${answer.text}`);
        if (status !== 404) continue;
        const bare = Object.values(objects).reduce(
          (text, id) => text.replaceAll(id, 'ID'),
          // Of each answer another
          answer.text.replace(/"contextId":"[^"]*"/, '"contextId":""'),
        );
        hidden.push(`${answer.type} ${bare}`);
      }
      assert.ok(new Set(hidden).size <= 1, `${actor}: foreign and unknown answer alike`);
    }
    const isReading = row.method === 'GET';
    const now = await Promise.all([...kept.values()].map(stateOf));
    assert.deepEqual(
      now,
      before,
      isReading ? 'reading changes nothing' : 'a refusal changes nothing',
    );
  });
}

test('A01 the live feed: who may open it, and that it tells of no foreign conversation', async () => {
  const refused: ActorName[] = ['nobody', 'guest', 'customer'];
  for (const actor of actorNames) {
    const status = await upgradeStatus(company.url, '/api/live', company.headersOf[actor]);
    const wanted = refused.includes(actor) ? [401, 403] : [101];
    assert.ok(wanted.includes(status), `${actor}: ${status}`);
  }
  const [maria, tom, bot, dev] = [
    await company.live('agent of Ours'),
    await company.live('agent of Theirs'),
    await company.live('agent key'),
    // Who follows sign-in attempts and serves no customer
    await company.live('developer'),
  ];
  const { client, conversation } = await company.guest('ours', 'canary one');
  for (const live of [maria, tom, bot, dev])
    live.send({ type: 'follow', conversation: conversation.id });
  await maria.until(
    (frame) => frame.type === 'conversation' && frame.conversation.id === conversation.id,
  );
  await client.say('canary two');
  await maria.until((frame) => frame.type === 'entry' && frame.entry.text === 'canary two');
  // What these two are told later, they are told after what they must not hear
  await company.guest('theirs', 'for Tom');
  await tom.until(
    (frame) => frame.type === 'conversation' && frame.conversation.preview?.text === 'for Tom',
  );
  for (const live of [tom, bot, dev]) {
    assert.deepEqual([...live.mentions('canary'), ...live.mentions(conversation.id)], []);
  }
});

test('A01 one customer reaches nothing of another: sockets, history, foreign tokens', async () => {
  const ada = await company.customer('ada', 'I am Ada');
  const eve = await company.customer('eve', 'I am Eve');
  const guest = await company.guest('ours', 'I am nobody');
  const before = await stored([ada.conversation, eve.conversation, guest.conversation]);
  for (const [mine, theirs] of [
    [eve.client, ada.client],
    [guest.client, ada.client],
    [ada.client, guest.client],
  ] as const) {
    const { token } = theirs;
    for (const action of ['onMessage', 'getJwt', 'closeSession'] as const) {
      const message = { type: 'Text', text: 'from another socket' };
      const answer = await mine.ask({ action, token, message });
      assert.equal(answer.code, 4007, `${action} with a token that this socket has not configured`);
    }
    const unknown = await mine.ask({ action: 'getJwt', token: randomUUID() });
    const foreign = await mine.ask({ action: 'getJwt', token });
    assert.deepEqual([unknown.code, unknown.error], [foreign.code, foreign.error]);
  }
  const after = await stored([ada.conversation, eve.conversation, guest.conversation]);
  assert.deepEqual(after, before);
  const { body } = await eve.client.ask({ action: 'getJwt' });
  const authorization = `bearer ${body.jwt}`;
  const query = `?conversationId=${ada.conversation.id}&sessionId=${ada.client.token}`;
  for (const path of ['', query]) {
    const response = await fetch(`${company.url}/api/v2/webmessaging/messages${path}`, {
      headers: { authorization },
    });
    const text = await response.text();
    assert.equal(response.status, 200);
    assert.match(text, /I am Eve/);
    assert.doesNotMatch(text, /I am Ada/);
  }
  const withStaffKey = company.headersOf['administrator key'];
  const response = await fetch(`${company.url}/api/v2/webmessaging/messages`, {
    headers: withStaffKey,
  });
  assert.equal(response.status, 401, 'an API key is no customer');
});

async function stored(conversations: Conversation[]): Promise<string[]> {
  const answers = conversations.map(({ id }) =>
    company.call('supervisor', 'GET', `/api/conversations/${id}/entries`),
  );
  return (await Promise.all(answers)).map(({ text }) => text);
}
