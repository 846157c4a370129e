import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredObject } from '../../configuration/index.ts';
import { keepSecrets } from './keep-secrets.ts';

const sealed = { sealed: true };
const names = { of: (id: string) => id };

const account = (mspSecrets: string[]): StoredObject => ({
  kind: 'appleAccounts',
  id: 'a',
  name: 'Shop',
  version: 1,
  updatedAt: new Date(0),
  updatedBy: null,
  createdVia: 'file',
  body: {
    businessId: 'b',
    mspId: 'm',
    mspSecrets,
    gatewayUrl: 'https://gateway.example',
    workstreamId: 'w',
    authentication: { enabled: false, settingId: null },
  },
});

const kept = (stored: string[], mspSecret: unknown) =>
  keepSecrets({ mspSecret }, account(stored), names);

test('a new secret before a stored one keeps the stored one, and after it too', () => {
  assert.deepEqual(kept(['old'], ['new', sealed]).object, { mspSecret: ['new', 'old'] });
  assert.deepEqual(kept(['old'], [sealed, 'new']).object, { mspSecret: ['old', 'new'] });
});

test('of two secrets each keeps its place, and one alone is the first', () => {
  assert.deepEqual(kept(['a', 'b'], [sealed, sealed]).object, { mspSecret: ['a', 'b'] });
  assert.deepEqual(kept(['a', 'b'], ['c', sealed]).object, { mspSecret: ['c', 'b'] });
  assert.deepEqual(kept(['a', 'b'], sealed).object, { mspSecret: 'a' });
});

test('what was never stored cannot be kept', () => {
  const { faults } = keepSecrets({ mspSecret: sealed }, undefined, names);
  assert.deepEqual(
    faults.map(({ path }) => path),
    ['mspSecret'],
  );
});
