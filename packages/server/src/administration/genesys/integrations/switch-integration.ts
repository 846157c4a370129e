import type { Applying } from '../../apply-configuration.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { createObject } from '../../objects/change-object.ts';
import { writeCredentialRow } from '../credentials/credential-store.ts';
import type { VendorParts } from '../parts.ts';
import { removeObject } from '../remove-object.ts';
import { changing, invalidAt } from '../vendor-fault.ts';
import { clientOf } from './change-setting.ts';
import { configPlace } from './config-place.ts';
import { backFrom, credentialOf } from './credential-of.ts';
import {
  deleteIntegrationRow,
  insertIntegrationRow,
  updateIntegrationRow,
} from './integration-store.ts';
import { type Integration, sealHeld } from './read-integration.ts';

const section = 'authenticationSettings';

/** An integration comes into force: it becomes a setting, and its secret moves there. */
export async function enable(
  parts: VendorParts,
  { id, name, typeId, version, held, setting }: Integration,
  author: Applying,
): Promise<void> {
  if (setting) return;
  const credential = await credentialOf(parts, id);
  if (!credential) throw invalidAt('credentials', 'expected the client, at config/current');
  if (held.discoveryUri === undefined) {
    throw invalidAt('properties.discoveryUri', 'expected the discovery URI, at config/current');
  }
  const client = await clientOf(parts, credential, held, author);
  const object = { ...held, ...client, id, name, type: 'openid-connect' };
  const updatedAt = new Date(parts.clock.now());
  // The first version of the setting is shown as the one that was configured
  const row = { id, name, typeId, version: version - 1, body: null, updatedAt };
  await changing(configPlace, () =>
    createObject(parts, { section, object }, author, async (transaction) => {
      await updateIntegrationRow(transaction, row, version);
      await writeCredentialRow(transaction, { ...credential, fields: null });
    }),
  );
  await parts.configuration.refresh();
}

/** It is no setting any more, and kept as it was. Fault 409 while a messenger signs customers in by it. */
export async function disable(
  parts: VendorParts,
  integration: Integration,
  author: Applying,
): Promise<void> {
  const { id, name, typeId, version, held, setting } = integration;
  if (!setting) return;
  const credential = await credentialOf(parts, id);
  const freed = credential && (await backFrom(parts, setting, credential));
  const updatedAt = new Date(parts.clock.now());
  const row = { id, name, typeId, version, body: await sealHeld(held, parts.seal), updatedAt };
  await removeObject(parts, { section, id, version: setting.version }, author, async (tx) => {
    await deleteIntegrationRow(tx, id);
    await insertIntegrationRow(tx, row);
    if (freed) await writeCredentialRow(tx, freed);
  });
}

/** Its credential outlives it, unless the setting was made elsewhere and had none of its own. */
export async function remove(
  parts: VendorParts,
  { id, name, setting, row }: Integration,
  author: Applying,
): Promise<void> {
  const { clock, database } = parts;
  const credential = row ? await credentialOf(parts, id) : undefined;
  const free = { slot: null, integrationId: null };
  if (setting) {
    const freed = credential && { ...(await backFrom(parts, setting, credential)), ...free };
    await removeObject(parts, { section, id, version: setting.version }, author, async (tx) => {
      await deleteIntegrationRow(tx, id);
      if (freed) await writeCredentialRow(tx, freed);
    });
    return;
  }
  await database.kysely.transaction().execute(async (transaction) => {
    await deleteIntegrationRow(transaction, id);
    if (credential) await writeCredentialRow(transaction, { ...credential, ...free });
    const deed = { action: 'deleted', section, objectId: id, objectName: name } as const;
    const before = { name, inForce: false };
    await recordAudit(transaction, clock, author.origin, { ...deed, before });
  });
}
