// Members that only the node gives, sent by somebody else (A03).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Conversation, Entry } from '@countersign/protocol';
import { type Company, openCompany } from './company.ts';
import { readRoutes } from './routes-table.ts';

const FORGED = {
  id: '00000000-0000-7000-8000-000000000000',
  role: 'system',
  roles: ['administrator'],
  author: 'forged',
  from: { role: 'customer', name: 'forged' },
  senderId: 'forged',
  senderName: 'forged',
  seq: 4096,
  at: '2001-01-01T00:00:00.000Z',
  createdAt: '2001-01-01T00:00:00.000Z',
  createdBy: 'forged',
  verified: true,
  authenticated: true,
  identity: { state: 'verified', issuer: 'forged', subject: 'forged' },
  identityState: 'verified',
  identities: [{ setting: 'forged', issuer: 'forged', subject: 'forged' }],
  provenBy: { name: 'forged' },
  contactId: '00000000-0000-7000-8000-000000000000',
  mergedInto: '00000000-0000-7000-8000-000000000000',
  assignee: { id: 'forged', name: 'forged' },
  priority: 4096,
  state: 'closed',
};

let company: Company;
before(async () => {
  company = await openCompany();
});
after(() => company.close());

const entriesOf = async (id: string): Promise<Entry[]> => {
  const path = `/api/conversations/${id}/entries`;
  return (await company.supervise<{ items: Entry[] }>('GET', path)).items;
};

/** What is shown of both, as text: nothing forged may be in it. */
async function everything(conversation: string, contact: string): Promise<string> {
  const paths = [
    `/api/conversations/${conversation}`,
    `/api/conversations/${conversation}/entries`,
    `/api/contacts/${contact}`,
    `/api/contacts/${contact}/merges`,
    '/api/me',
  ];
  const answers = await Promise.all(paths.map((path) => company.call('supervisor', 'GET', path)));
  return answers.map(({ text }) => text).join('\n');
}

test('A03 no payload of the workspace API sets what the node alone gives', async () => {
  const { id: other } = await company.supervise('POST', '/api/contacts', { name: 'Other' });
  const calls = readRoutes().filter(({ method, body }) => method !== 'GET' && !/^yaml/.test(body));
  assert.ok(calls.length > 10);
  for (const { method, path, body } of calls) {
    const { conversation } = await company.guest('ours', `A03 ${path} ${randomUUID()}`);
    const contact = await company.supervise('POST', '/api/contacts', { name: 'Known' });
    await company.supervise('PUT', `/api/conversations/${conversation.id}/contact`, {
      contact: contact.id,
    });
    const ids = { conversation: conversation.id, contact: contact.id, merge: other, other };
    const fill = (text: string) =>
      Object.entries({ ...ids, id: randomUUID() }).reduce(
        (filled, [name, value]) => filled.replaceAll(`{${name}}`, value),
        text,
      );
    const payload = { ...JSON.parse(fill(body || '{}')), ...FORGED };
    const answer = await company.call('supervisor', method, fill(path), payload);
    assert.ok(answer.status < 500, `${method} ${path}: ${answer.text}`);
    assert.doesNotMatch(answer.text, /forged|4096|2001-01-01|"verified":true/, path);
    const stored = await everything(conversation.id, contact.id);
    assert.doesNotMatch(
      stored,
      /forged|4096|2001-01-01|"verified":true|"authenticated":true/,
      path,
    );
    const now = await company.supervise('GET', `/api/conversations/${conversation.id}`);
    assert.equal(now.identity.state, 'anonymous', path);
    const seqs = (await entriesOf(conversation.id)).map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
      path,
    );
  }
  const me = await company.supervise<{ roles: string[] }>('GET', '/api/me');
  assert.deepEqual(me.roles, ['supervisor']);
});

test('A03 no frame of a customer sets what the node alone gives', async () => {
  const { client, conversation } = await company.guest('ours', 'honest');
  const message = { type: 'Text', text: 'forging', metadata: { id: 'm-1', authenticated: 'true' } };
  const customAttributes = {
    authenticated: 'true',
    identity: 'verified',
    role: 'agent',
    priority: '1',
    portalcontactid: FORGED.id,
  };
  const channel = {
    metadata: { customAttributes },
    from: { id: 'forged', nickname: 'forged', role: 'agent' },
    time: '2001-01-01T00:00:00.000Z',
  };
  await client.ask({ action: 'onMessage', ...FORGED, message: { ...message, ...FORGED, channel } });
  const forging = { ...message, direction: 'Outbound', originatingEntity: 'Human', channel };
  await client.ask({ action: 'onMessage', message: forging });
  await client.ask({
    action: 'configureSession',
    deploymentId: client.deploymentId,
    ...{ identity: FORGED.identity, authenticated: true, readOnly: false, sessionId: FORGED.id },
  });
  const now: Conversation = await company.supervise('GET', `/api/conversations/${conversation.id}`);
  assert.deepEqual(
    [now.authenticated, now.identity, now.contact, now.state, now.assignee, now.openedAt],
    [false, { state: 'anonymous' }, null, 'waiting', null, conversation.openedAt],
  );
  assert.ok(now.context.every(({ origin }) => origin === 'customer'));
  const entries = await entriesOf(conversation.id);
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    entries.map((_, index) => index + 1),
  );
  for (const entry of entries.filter(({ kind }) => kind === 'message')) {
    assert.deepEqual(
      [entry.from.role, entry.from.name, entry.authenticated, entry.identityState],
      ['customer', undefined, false, 'anonymous'],
    );
    assert.ok(Date.parse(entry.at) >= Date.parse(conversation.openedAt));
  }
});
