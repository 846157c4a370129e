import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type ConfiguredWorld,
  environment,
  openWorld,
  supportedExample,
} from '../../test/configuration-fixtures.ts';
import { RULES } from './every-rule.fixture.ts';
import { exportConfiguration } from './export-configuration.ts';

let world: ConfiguredWorld;
let empty: ConfiguredWorld;
before(async () => {
  world = await openWorld();
  empty = await openWorld();
  for (const text of [supportedExample, RULES]) {
    const result = await world.apply(text);
    assert.ok('changes' in result, JSON.stringify(result));
  }
});
after(() => Promise.all([world.close(), empty.close()]));

test('an export applied to an empty node is exported the same again, and is stored the same', async () => {
  const first = exportConfiguration(world.configuration.stored(), { secrets: true });
  const applied = await empty.apply(first, {});
  assert.ok('changes' in applied, JSON.stringify(applied));
  assert.equal(exportConfiguration(empty.configuration.stored(), { secrets: true }), first);
  const bodies = (of: ConfiguredWorld) =>
    of.configuration
      .stored()
      .map(({ kind, id, name, body }) => ({ kind, id, name, body }))
      .toSorted((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
  assert.deepEqual(bodies(empty), bodies(world));

  const again = await empty.apply(first, {});
  assert.ok('changes' in again);
  assert.deepEqual(new Set(again.changes.map(({ action }) => action)), new Set(['unchanged']));
});

test('[P01] an export without secrets names a variable for each and holds none', async () => {
  const text = exportConfiguration(world.configuration.stored(), { secrets: false });
  for (const secret of Object.values(environment)) assert.ok(!text.includes(secret), secret);
  for (const object of world.configuration.stored()) {
    if (object.kind === 'users' && object.body.passwordHash)
      assert.ok(!text.includes(object.body.passwordHash));
    if (object.kind === 'apiKeys') assert.ok(!text.includes(object.body.hash));
  }
  assert.match(text, /^# {3}AUTHENTICATION_SETTINGS_SHOP_SIGN_IN_CLIENT_SECRET$/m);
  const missing = await empty.apply(text, {});
  assert.ok('faults' in missing);
  assert.match(missing.faults.join(' '), /AUTHENTICATION_SETTINGS_SHOP_SIGN_IN_CLIENT_SECRET/);
});
