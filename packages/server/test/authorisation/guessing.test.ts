// What somebody gets who guesses ids, forges cursors and searches (A02).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Answer, type Chat, type Company, openCompany } from './company.ts';

let company: Company;
let mine: Chat;
let foreign: Chat;
let foreignContact: string;
before(async () => {
  company = await openCompany();
  mine = await company.guest('ours', 'canary of ours');
  foreign = await company.guest('theirs', 'canary of theirs');
  const contact = { name: 'Farah Foreign', email: 'farah@example.com' };
  foreignContact = (await company.supervise('POST', '/api/contacts', contact)).id;
  await company.supervise('PUT', `/api/conversations/${foreign.conversation.id}/contact`, {
    contact: foreignContact,
  });
});
after(() => company.close());

const asMaria = (method: string, path: string, body?: object): Promise<Answer> =>
  company.call('agent of Ours', method, path, body);

/** The id that comes next, as if ids were counted. */
const neighbour = (id: string, step: number): string => {
  const tail = Number.parseInt(id.slice(-6), 16) + step;
  return id.slice(0, -6) + (tail & 0xffffff).toString(16).padStart(6, '0');
};

test('A02 guessed, counted and malformed ids find nothing', async () => {
  const { id } = foreign.conversation;
  const guesses = [
    ...[randomUUID(), neighbour(id, 1), neighbour(id, -1), neighbour(mine.conversation.id, 1)],
    '00000000-0000-0000-0000-000000000000',
    id,
    id.toUpperCase(),
  ];
  const paths = (guess: string) => [
    `/api/conversations/${guess}`,
    `/api/conversations/${guess}/entries`,
    `/api/conversations/${guess}/contact`,
    `/api/contacts/${guess}`,
    `/api/contacts/${guess}/merges`,
  ];
  for (const path of guesses.flatMap(paths)) {
    const { status, text } = await asMaria('GET', path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(text, /canary|Farah/);
  }
  for (const odd of ['1', 'null', "' or true --", '../me', '%00', '*', `${id}'`]) {
    for (const path of paths(encodeURIComponent(odd))) {
      assert.ok([400, 404].includes((await asMaria('GET', path)).status), path);
    }
  }
});

test('A02 what has ended, and what was merged away, is no more open than it was', async () => {
  const ended = await company.guest('theirs', 'canary that ends');
  await company.supervise('POST', `/api/conversations/${ended.conversation.id}/pick`);
  await company.supervise('POST', `/api/conversations/${ended.conversation.id}/end`);
  const merged = await company.supervise('POST', '/api/contacts', { name: 'Canary merged' });
  const merging = { into: foreignContact, reason: 'the same' };
  await company.supervise('POST', `/api/contacts/${merged.id}/merge`, merging);
  for (const path of [`conversations/${ended.conversation.id}`, `contacts/${merged.id}`]) {
    assert.equal((await asMaria('GET', `/api/${path}`)).status, 404, path);
  }
  const closed = await asMaria('GET', '/api/conversations?state=closed&limit=200');
  assert.doesNotMatch(closed.text, /canary that ends/);
});

test('A02 cursors and filters of somebody else’s lists show nothing of them', async () => {
  const { id, openedAt } = foreign.conversation;
  const before = `${Date.parse(openedAt) - 1}_${id}`;
  const tom = JSON.parse((await company.call('agent of Theirs', 'GET', '/api/me')).text).id;
  const queries = [
    `cursor=${before}`,
    'cursor=0_00000000-0000-0000-0000-000000000000',
    'cursor=forged',
    'cursor=-1_null',
    'queue=Theirs',
    `contact=${foreignContact}`,
    `contact=${foreignContact}&queue=Theirs`,
    `assignee=${tom}`,
    'assignee=none',
    'authenticated=false&state=waiting,offered,active,wrap-up,closed',
  ];
  for (const query of queries) {
    const { status, text } = await asMaria('GET', `/api/conversations?limit=200&${query}`);
    assert.equal(status, 200, query);
    assert.doesNotMatch(text, /canary of theirs|Farah/, query);
    assert.ok(!text.includes(id), query);
  }
  const { text } = await asMaria('GET', '/api/conversations?limit=200');
  assert.match(text, /canary of ours/, 'the agent’s own is there');
});

test('A02 a search shows what linking needs, and nothing behind it', async () => {
  const { status, text } = await asMaria('GET', '/api/contacts?search=farah');
  assert.equal(status, 200);
  const { items } = JSON.parse(text);
  assert.deepEqual(items, [
    { id: foreignContact, name: 'Farah Foreign', email: 'farah@example.com', verified: false },
  ]);
  for (const query of ['search=', 'search=f', 'limit=5', 'search=%00a', 'search=fa&cursor=1']) {
    assert.equal((await asMaria('GET', `/api/contacts?${query}`)).status, 400, query);
  }
  const forged = `search=farah&cursor=${neighbour(foreignContact, 1)}`;
  const page = JSON.parse((await asMaria('GET', `/api/contacts?${forged}`)).text);
  assert.deepEqual(page.items, items, 'a cursor only says where to go on');
  const before = await asMaria('GET', `/api/contacts/${foreignContact}`);
  assert.equal(before.status, 404, 'having found it opens nothing');
});

test('A02 a customer’s pages stay within their own history', async () => {
  const { body } = await mine.client.ask({ action: 'getJwt' });
  for (const query of ['pageNumber=1&pageSize=1000000', 'pageNumber=2', 'pageNumber=999999999']) {
    const response = await fetch(`${company.url}/api/v2/webmessaging/messages?${query}`, {
      headers: { authorization: `bearer ${body.jwt}` },
    });
    assert.equal(response.status, 200);
    assert.doesNotMatch(await response.text(), /canary of theirs/);
  }
});
