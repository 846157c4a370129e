import { type Static, Type } from 'typebox';
import { newId } from '../../../platform/index.ts';
import type { Applying } from '../../apply-configuration.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { replaceObject } from '../../objects/change-object.ts';
import { fileObject, sealedForm } from '../../objects/file-object.ts';
import { namesOf } from '../../objects/names.ts';
import { openIdConnectSettings } from '../open-id-connect-settings.ts';
import type { VendorParts } from '../parts.ts';
import { readOnly, refuseUnsupported, taken } from '../refuse-unsupported.ts';
import { changing, conflict, invalid, type PlaceOf } from '../vendor-fault.ts';
import {
  CREDENTIAL_TYPE,
  type Fields,
  openFields,
  readCredential,
  sealFields,
} from './credential.ts';
import { type CredentialRow, deleteCredentialRow, writeCredentialRow } from './credential-store.ts';

const section = 'authenticationSettings';

/** Of the type no more is read than its name: what a client needs is always the same. */
export const GivenCredential = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  type: Type.Optional(
    Type.Object({ name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) }),
  ),
  credentialFields: Type.Optional(
    Type.Record(Type.String({ maxLength: 100 }), Type.String({ minLength: 1, maxLength: 4096 })),
  ),
});
export type GivenCredential = Static<typeof GivenCredential>;

const members = {
  ...readOnly('id', 'selfUri', 'createdDate', 'modifiedDate'),
  ...{ name: taken, type: taken, credentialFields: taken },
};

/** Kept, sealed, until an integration takes it. Answers its id. */
export async function createCredential(
  parts: VendorParts,
  given: GivenCredential,
  { origin }: Applying,
): Promise<string> {
  refuseUnsupported(given, members);
  const fields = fieldsIn(given);
  const at = new Date(parts.clock.now());
  const row: CredentialRow = {
    id: newId(),
    name: given.name ?? 'Client',
    typeName: given.type?.name ?? CREDENTIAL_TYPE,
    ...{ slot: null, integrationId: null },
    fields: await sealFields(fields, parts.seal),
    givenBy: origin.actor.id ?? null,
    ...{ destination: null, createdAt: at, updatedAt: at },
  };
  await write(parts, row, 'created', fields, { origin });
  return row.id;
}

/** Client id and secret, in either spelling; the fault names what is none of them, never a value. */
function fieldsIn({ credentialFields = {} }: GivenCredential): Fields {
  const names: Record<string, keyof Fields> = {
    ...{ clientId: 'clientId', 'client-id': 'clientId' },
    ...{ clientSecret: 'clientSecret', 'client-secret': 'clientSecret' },
  };
  const given = Object.entries(credentialFields);
  const unknown = given.filter(([name]) => !Object.hasOwn(names, name));
  if (unknown.length > 0) {
    throw invalid(
      unknown.map(([name]) => ({
        fieldName: `credentialFields.${name}`,
        errorCode: 'not.supported',
        message: 'expected clientId and clientSecret alone',
      })),
    );
  }
  return Object.fromEntries(given.map(([name, value]) => [names[name], value]));
}

/** Replaces what is given of it, in the setting where it is in force. */
export async function changeCredential(
  parts: VendorParts,
  id: string,
  given: GivenCredential,
  author: Applying,
): Promise<void> {
  refuseUnsupported(given, members);
  const credential = await readCredential(parts, id);
  const fields = fieldsIn(given);
  const row: CredentialRow = {
    ...credential,
    name: given.name ?? credential.name,
    typeName: given.type?.name ?? credential.typeName,
    updatedAt: new Date(parts.clock.now()),
  };
  if (await changeInSetting(parts, row, fields, author)) return;
  const all = { ...(await openFields(credential, parts.seal)), ...fields };
  const isEntered = fields.clientSecret !== undefined;
  const changed = {
    ...row,
    fields: await sealFields(all, parts.seal),
    ...(isEntered && { givenBy: author.origin.actor.id ?? null, destination: null }),
  };
  await write(parts, changed, 'updated', fields, author);
}

/** False: no setting has it. */
async function changeInSetting(
  parts: VendorParts,
  row: CredentialRow,
  fields: Fields,
  author: Applying,
): Promise<boolean> {
  const { configuration } = parts;
  const stored = configuration.stored();
  const setting = openIdConnectSettings(stored).find(({ id }) => id === row.integrationId);
  if (!setting) return false;
  const { id, version } = setting;
  const object = { ...fileObject(setting, namesOf(stored), sealedForm), ...fields };
  await changing(placeOf, () =>
    replaceObject(parts, { section, id, version, object }, author, (transaction) =>
      writeCredentialRow(transaction, row),
    ),
  );
  await configuration.refresh();
  return true;
}

const placeOf: PlaceOf = (path) => `credentialFields.${path}`;

/** Fault 409 while an integration has it. */
export async function removeCredential(
  parts: VendorParts,
  id: string,
  { origin }: Applying,
): Promise<void> {
  const { database, clock } = parts;
  const { name, integrationId } = await readCredential(parts, id);
  if (integrationId !== null) throw conflict('An integration has it. Nothing was deleted.');
  await database.kysely.transaction().execute(async (transaction) => {
    await deleteCredentialRow(transaction, id);
    const deed = { action: 'deleted', section, objectId: id, objectName: name } as const;
    await recordAudit(transaction, clock, origin, { ...deed, before: { credential: name } });
  });
}

async function write(
  { database, clock }: VendorParts,
  row: CredentialRow,
  action: 'created' | 'updated',
  { clientId, clientSecret }: Fields,
  { origin }: Pick<Applying, 'origin'>,
): Promise<void> {
  const after = {
    credential: row.name,
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret: { sealed: true, changed: true } }),
  };
  await database.kysely.transaction().execute(async (transaction) => {
    await writeCredentialRow(transaction, row);
    const deed = { action, section, objectId: row.id, objectName: row.name } as const;
    await recordAudit(transaction, clock, origin, { ...deed, after });
  });
}
