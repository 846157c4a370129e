import type { Actor } from '@countersign/protocol';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { notFound, type Seal } from '../../../platform/index.ts';
import type { Applying } from '../../apply-configuration.ts';
import { readIntegrationRows } from '../integrations/integration-store.ts';
import { type OpenIdConnect, openIdConnectSettings } from '../open-id-connect-settings.ts';
import type { VendorParts } from '../parts.ts';
import { conflict, invalidAt } from '../vendor-fault.ts';
import { type CredentialRow, readCredentialRows } from './credential-store.ts';

export const CREDENTIAL_TYPE = 'openIdConnectClient';
export const CREDENTIAL_SLOT = 'openIdConnectClient';
export const credentialsPath = '/api/v2/integrations/credentials';

/** What is secret of a credential. */
const Fields = Type.Object({
  clientId: Type.Optional(Type.String()),
  clientSecret: Type.Optional(Type.String()),
});
export type Fields = Type.Static<typeof Fields>;
const isFields = Compile(Fields);

/**
 * All credentials, by name. A setting that was made elsewhere has one as well, under its own id, so that its
 * secret can be changed from here.
 */
export async function readCredentials({
  configuration,
  database,
}: Pick<VendorParts, 'configuration' | 'database'>): Promise<CredentialRow[]> {
  const settings = openIdConnectSettings(configuration.stored());
  const resting = (await readIntegrationRows(database.kysely)).filter(({ body }) => body !== null);
  const integrations = new Set([...settings, ...resting].map(({ id }) => id));
  // A setting may have been deleted elsewhere
  const rows = (await readCredentialRows(database.kysely)).map((row) =>
    row.integrationId === null || integrations.has(row.integrationId)
      ? row
      : { ...row, slot: null, integrationId: null },
  );
  const held = new Set(rows.map(({ integrationId }) => integrationId));
  const all = [...rows, ...settings.filter(({ id }) => !held.has(id)).map(ownCredential)];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ownCredential({ id, name, updatedAt }: OpenIdConnect): CredentialRow {
  return {
    id,
    name: `Client of ${name}`,
    ...{ typeName: CREDENTIAL_TYPE, slot: CREDENTIAL_SLOT, integrationId: id },
    ...{ fields: null, givenBy: null, destination: null },
    ...{ createdAt: updatedAt, updatedAt },
  };
}

/** Fault `not_found` 404. */
export async function readCredential(parts: VendorParts, id: string): Promise<CredentialRow> {
  await parts.configuration.refresh();
  const found = (await readCredentials(parts)).find((credential) => credential.id === id);
  if (!found) throw notFound('credential');
  return found;
}

export async function openFields({ fields }: CredentialRow, seal: Seal): Promise<Fields> {
  if (fields === null) return {};
  const opened: unknown = JSON.parse(await seal.open(fields));
  if (!isFields.Check(opened)) throw new Error('a sealed credential of another shape');
  return opened;
}

export const sealFields = (fields: Fields, seal: Seal): Promise<string> =>
  seal.seal(JSON.stringify(fields));

/** What an integration can take: it is there, and no other integration has it. */
export async function requireFree(
  parts: VendorParts,
  id: string,
  integrationId: string,
): Promise<CredentialRow> {
  const found = (await readCredentials(parts)).find((credential) => credential.id === id);
  if (!found) throw invalidAt('credentials', 'expected the id of a credential');
  if (found.integrationId === null || found.integrationId === integrationId) return found;
  throw conflict('Another integration has this credential. Make one for each.');
}

/**
 * A secret goes where it went before, or where the one who entered it sends it: otherwise whoever may
 * configure could have it sent to a server of their own, and so read it.
 */
export function requireDestination(
  { givenBy, destination }: CredentialRow,
  { clientSecret }: Fields,
  wanted: string,
  { origin, roles }: Applying,
): void {
  if (clientSecret === undefined || roles.includes('secrets')) return;
  if (isSame(givenBy, origin.actor) || destination === wanted) return;
  const message = 'expected a credential that you made: this secret would be sent elsewhere';
  throw invalidAt('credentials', message);
}

const isSame = (givenBy: string | null, { id }: Actor): boolean =>
  givenBy !== null && givenBy === id;
