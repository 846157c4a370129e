// Messenger configurations and deployments through the administration REST of Genesys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ConfigurationEntry } from '@countersign/protocol';
import {
  type Body,
  CONFIGURATIONS,
  DEPLOYMENTS,
  type GenesysWorld,
  INTEGRATIONS,
  startGenesysWorld,
} from './world.ts';

let world: GenesysWorld;
before(async () => {
  world = await startGenesysWorld();
});
after(() => world.close());

/** Through our own API. */
async function entry(section: string, name: string): Promise<ConfigurationEntry> {
  const path = `/api/configuration/${section}?search=${encodeURIComponent(name)}`;
  const items: ConfigurationEntry[] = Object(await world.must('GET', path)).items;
  const found = items.find((item) => item.name === name);
  assert.ok(found, `there is ${name}`);
  return found;
}

const named = async (list: string, name: string): Promise<Body> => {
  const entities: Body[] = Object(await world.must('GET', list)).entities;
  const found = entities.find((entity) => entity.name === name);
  assert.ok(found, `${list} has ${name}`);
  return found;
};

/** Everything that their configuration can say and ours can do. */
const SAID = {
  name: 'Said in their words',
  description: 'for the shop',
  languages: ['de', 'en-us', 'ro'],
  defaultLanguage: 'de',
  headlessMode: { enabled: false },
  customI18nLabels: [],
  messenger: {
    enabled: true,
    styles: { primaryColor: '#2f4a3c' },
    launcherButton: { visibility: 'OnDemand' },
    fileUpload: {
      enableAttachments: true,
      modes: [{ fileTypes: ['image/png', 'application/pdf'], maxFileSizeKB: 512 }],
    },
    apps: {
      conversations: {
        enabled: true,
        showAgentTypingIndicator: false,
        showUserTypingIndicator: false,
        autoStart: { enabled: false },
        markdown: { enabled: false },
        conversationDisconnect: { enabled: true, type: 'ReadOnly' },
        conversationClear: { enabled: true },
        humanize: { enabled: false },
        notifications: { enabled: false },
        sessionDurationSeconds: 3600,
      },
      knowledge: { enabled: false },
    },
    homeScreen: { enabled: false },
    sessionPersistenceType: 'AcrossSubdomains',
  },
  position: { alignment: 'Left', sideSpace: 20, bottomSpace: 12 },
  supportCenter: { enabled: false },
  cobrowse: { enabled: false },
  journeyEvents: { enabled: false },
};

test('what is given comes back member by member, and our own API has it in our words', async () => {
  const integration = await named(INTEGRATIONS, 'Made in our console');
  const authenticationSettings = {
    enabled: true,
    integrationId: integration.id,
    allowSessionUpgrade: true,
  };
  const given = { ...SAID, authenticationSettings };
  const { id } = await world.must('POST', CONFIGURATIONS, given);
  const path = `${CONFIGURATIONS}/${id}`;
  const draft = await world.must('GET', `${path}/versions/draft`);
  for (const [member, value] of Object.entries(given))
    assert.deepEqual(draft[member], value, member);
  await world.must('POST', `${path}/versions/draft/publish`);
  const published = await world.must('GET', `${path}/versions/1`);
  for (const [member, value] of Object.entries(given))
    assert.deepEqual(published[member], value, member);
  assert.deepEqual((await entry('messengerConfigurations', SAID.name)).object, {
    name: SAID.name,
    description: 'for the shop',
    authentication: { enabled: true, setting: 'Made in our console', allowSessionUpgrade: true },
    languages: ['de', 'en-us', 'ro'],
    rating: { enabled: false },
    conversations: { disconnect: 'ReadOnly', clear: true, typing: false, sessionDuration: 3600 },
    appearance: { primaryColor: '#2f4a3c', launcher: 'OnDemand', position: 'Left' },
    attachments: { enabled: true, fileTypes: ['image/png', 'application/pdf'], maxFileSizeKB: 512 },
  });
  // Sent back as it was read, nothing changes
  assert.deepEqual(
    without(await world.must('PUT', `${path}/versions/draft`, draft)),
    without(draft),
  );
  const again = await world.must('POST', `${path}/versions/draft/publish`);
  assert.equal(again.version, '1');
});

const without = ({ dateModified: _, lastModifiedUser: __, ...rest }: Body) => rest;

test('an update keeps what it does not speak of, and customers see it once it is published', async () => {
  const { id } = await named(CONFIGURATIONS, 'Ours');
  const before = await entry('messengerConfigurations', 'Ours');
  const deployment = String((await named(DEPLOYMENTS, 'ours')).id);
  const color = async () => Object((await world.config(deployment)).messenger).styles.primaryColor;
  const draft = await world.must('PUT', `${CONFIGURATIONS}/${id}/versions/draft`, {
    messenger: { styles: { primaryColor: '#aa3311' } },
  });
  assert.equal(draft.version, 'DRAFT');
  assert.notEqual(await color(), '#aa3311');
  const [listed] = [await named(CONFIGURATIONS, 'Ours')];
  assert.equal(listed.version, 'DRAFT');
  assert.equal((await named(`${CONFIGURATIONS}?showOnlyPublished=true`, 'Ours')).version, '1');

  const published = await world.must('POST', `${CONFIGURATIONS}/${id}/versions/draft/publish`);
  assert.equal(published.version, '2');
  assert.equal(await color(), '#aa3311');
  const object = Object(before.object);
  assert.deepEqual((await entry('messengerConfigurations', 'Ours')).object, {
    ...object,
    appearance: { ...object.appearance, primaryColor: '#aa3311' },
  });
  const versions = await world.must('GET', `${CONFIGURATIONS}/${id}/versions`);
  const numbers = Object(versions.entities).map(({ version }: Body) => version);
  assert.deepEqual([numbers, versions.total], [['2', '1'], 2]);
  const first = await world.must('GET', `${CONFIGURATIONS}/${id}/versions/1`);
  assert.notEqual(Object(first.messenger).styles.primaryColor, '#aa3311');
});

test('what cannot be done here is refused place by place, and nothing is stored', async () => {
  const { id } = await named(CONFIGURATIONS, 'Ours');
  const path = `${CONFIGURATIONS}/${id}/versions/draft`;
  const before = await entry('messengerConfigurations', 'Ours');
  const conversations = { markdown: { enabled: true }, showAgentTypingIndicator: true };
  const refused = await world.call('PUT', path, {
    name: 'Renamed besides',
    headlessMode: { enabled: true },
    customI18nLabels: [{ language: 'de', localizedLabels: [{ key: 'Title', value: 'Hallo' }] }],
    messenger: {
      enabled: false,
      launcherButton: { displayType: 'Text', icon: { url: 'https://shop.example/chat.svg' } },
      apps: { conversations, knowledge: { enabled: true, knowledgeBase: { id: 'x' } } },
      sessionPersistenceType: 'DomainOrSubdomainOnly',
    },
    position: { sideSpace: 4 },
    cobrowse: { enabled: true },
    somethingNew: 7,
  });
  assert.equal(refused.status, 400);
  assert.equal(refused.body.code, 'bad.request');
  const details: { fieldName: string; errorCode: string }[] = Object(refused.body.details);
  assert.deepEqual(
    details.map(({ fieldName }) => fieldName),
    [
      ...['headlessMode', 'customI18nLabels', 'messenger.enabled'],
      ...['messenger.launcherButton.displayType', 'messenger.launcherButton.icon'],
      ...['messenger.apps.conversations.markdown', 'messenger.apps.knowledge'],
      ...['messenger.sessionPersistenceType', 'position.sideSpace', 'cobrowse', 'somethingNew'],
    ],
  );
  assert.ok(details.every(({ errorCode }) => errorCode === 'not.supported'));

  for (const [body, place] of [
    [{ languages: ['en'], defaultLanguage: 'fr' }, 'defaultLanguage'],
    [
      {
        messenger: {
          apps: {
            conversations: { showAgentTypingIndicator: true, showUserTypingIndicator: false },
          },
        },
      },
      'messenger.apps.conversations.showAgentTypingIndicator',
    ],
    [
      { messenger: { fileUpload: { enableAttachments: true } } },
      'messenger.fileUpload.modes[0].fileTypes',
    ],
    [{ messenger: { styles: { primaryColor: 'green' } } }, 'messenger.styles.primaryColor'],
    [
      { authenticationSettings: { enabled: true, integrationId: id } },
      'authenticationSettings.integrationId',
    ],
    [{ name: 'Said in their words' }, 'name'],
  ] as const) {
    const { status, text, body: error } = await world.call('PUT', path, body);
    assert.equal(status, 400, text);
    assert.deepEqual(
      Object(error.details).map(({ fieldName }: Body) => fieldName),
      [place],
    );
  }
  assert.deepEqual(await entry('messengerConfigurations', 'Ours'), before);
});

test('what is off may stand there in any way, and members without a value are left out', async () => {
  const { id } = await named(CONFIGURATIONS, 'Ours');
  const path = `${CONFIGURATIONS}/${id}/versions/draft`;
  const off = {
    description: null,
    cobrowse: { enabled: false, allowAgentControl: true, maskSelectors: ['.card'] },
    journeyEvents: { enabled: false, pageviewConfig: 'Auto' },
    video: { enabled: false, agent: { allowCamera: true } },
    messenger: { homeScreen: { enabled: false, logoUrl: '' }, launcherButton: null },
    notYetKnown: { settings: { active: false }, list: [] },
  };
  assert.equal((await world.call('PUT', path, off)).status, 200);
  const discard = `/api/configuration/messengerConfigurations/${id}/draft`;
  assert.equal((await world.call('DELETE', discard)).status, 204);
});

test('a deployment comes back as it was given; what Genesys has no word for stays', async () => {
  const before = await entry('deployments', 'ours');
  const deployment = await named(DEPLOYMENTS, 'ours');
  const path = `${DEPLOYMENTS}/${deployment.id}`;
  const given = {
    name: 'ours, renamed',
    description: 'the shop',
    status: 'Inactive',
    allowAllDomains: false,
    allowedDomains: ['shop.example', 'help.shop.example'],
  };
  const changed = await world.must('PUT', path, { ...deployment, ...given });
  for (const [member, value] of Object.entries(given))
    assert.deepEqual(changed[member], value, member);
  assert.deepEqual(changed, await world.must('GET', path));
  assert.equal(Object(changed.flow).name, 'Web chat');
  const after = await entry('deployments', 'ours, renamed');
  assert.deepEqual(after.object, { ...Object(before.object), ...given });
  assert.equal((await world.config(String(deployment.id))).status, 'Inactive');

  const both = await world.must('GET', `${path}/configurations`);
  assert.deepEqual(
    [Object(both.configurationVersion).name, Object(both.deployment).name],
    ['Ours', 'ours, renamed'],
  );
  const back = { allowAllDomains: true, status: 'Active', description: '', name: 'ours' };
  const open = await world.must('PUT', path, back);
  assert.deepEqual([open.allowedDomains, open.description], [[], undefined]);
  assert.deepEqual((await entry('deployments', 'ours')).object, {
    ...Object(before.object),
    allowedDomains: [],
  });
});

test('a deployment that cannot be is refused, and nothing is stored', async () => {
  const before = await world.must('GET', '/api/configuration/deployments');
  const { id: ours } = await named(CONFIGURATIONS, 'Ours');
  const { id: draft } = await world.must('POST', CONFIGURATIONS, { name: 'Only a draft' });
  for (const [body, place] of [
    [{ name: 'a', allowAllDomains: true }, 'configuration.id'],
    [{ name: 'a', configuration: { id: draft } }, 'configuration.id'],
    [{ name: 'a', configuration: { id: ours, version: '1' } }, 'configuration.version'],
    [{ name: 'a', configuration: { id: ours }, flow: { id: ours } }, 'flow.id'],
    [{ name: 'a', configuration: { id: ours }, supportedContent: { id: 'x' } }, 'supportedContent'],
    [
      { name: 'a', configuration: { id: ours }, pushIntegrations: [{ id: 'x', provider: 'FCM' }] },
      'pushIntegrations',
    ],
    [{ name: 'a', configuration: { id: ours }, allowedDomains: ['http://x'] }, 'allowedDomains[0]'],
    [{ configuration: { id: ours } }, 'name'],
  ] as const) {
    const { status, text, body: error } = await world.call('POST', DEPLOYMENTS, body);
    assert.equal(status, 400, text);
    const places = Object(error.details).map(({ fieldName }: Body) => fieldName);
    assert.deepEqual(places, [place], text);
  }
  const used = await world.call('DELETE', `${CONFIGURATIONS}/${ours}`);
  assert.deepEqual([used.status, used.body.code], [409, 'general.conflict']);
  assert.match(String(used.body.message), /used by ours/);
  assert.deepEqual(await world.must('GET', '/api/configuration/deployments'), before);
  assert.equal((await world.call('DELETE', `${CONFIGURATIONS}/${draft}`)).status, 204);
  assert.equal((await world.call('GET', `${CONFIGURATIONS}/${draft}/versions/draft`)).status, 404);
});

test('contacts are always matched: it can be read and not be turned off', async () => {
  const { id } = await named(DEPLOYMENTS, 'ours');
  const path = `${DEPLOYMENTS}/${id}/identityresolution`;
  assert.equal((await world.must('GET', path)).resolveIdentities, true);
  assert.equal((await world.call('PUT', path, { resolveIdentities: true })).status, 200);
  const off = await world.call('PUT', path, { resolveIdentities: false });
  assert.equal(off.status, 400);
  const division = await world.call('PUT', path, {
    resolveIdentities: true,
    division: { id: 'x' },
  });
  assert.equal(division.status, 400);
  assert.equal((await world.must('GET', path)).resolveIdentities, true);
});

test('lists are read on from both ends; developers write deployments and read the rest', async () => {
  for (const name of ['Page b', 'Page a', 'Page c'])
    await world.must('POST', CONFIGURATIONS, { name });
  const read: string[] = [];
  let next: unknown = `${CONFIGURATIONS}?pageSize=2`;
  let last: Body = {};
  while (typeof next === 'string') {
    last = await world.must('GET', next, undefined, 'developer');
    read.push(...Object(last.entities).map(({ name }: Body) => name));
    next = last.nextUri;
  }
  assert.equal(read.length, last.total);
  assert.deepEqual(
    read.filter((name) => name.startsWith('Page')),
    ['Page a', 'Page b', 'Page c'],
  );
  const previous = await world.must('GET', String(last.previousUri));
  const names: string[] = Object(previous.entities).map(({ name }: Body) => name);
  const start = read.length - Object(last.entities).length - names.length;
  assert.deepEqual(names, read.slice(start, start + names.length));

  const { id } = await named(DEPLOYMENTS, 'ours');
  const text = { description: 'by a developer' };
  assert.equal((await world.call('PUT', `${DEPLOYMENTS}/${id}`, text, 'developer')).status, 200);
  const made = { name: 'by a developer' };
  assert.equal((await world.call('POST', CONFIGURATIONS, made, 'developer')).status, 403);
  const unknown = await world.call('GET', `${DEPLOYMENTS}/019b0000-0000-7000-8000-000000000000`);
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'not.found']);
});
