import type { Transaction } from 'kysely';
import { readCredentials, sealFields } from '../credentials/credential.ts';
import { type CredentialRow, writeCredentialRow } from '../credentials/credential-store.ts';
import { destinationOf, type OpenIdConnect } from '../open-id-connect-settings.ts';
import type { VendorParts } from '../parts.ts';

/** The one credential of an integration, if it has one. */
export const credentialOf = async (
  parts: Pick<VendorParts, 'configuration' | 'database'>,
  id: string,
): Promise<CredentialRow | undefined> =>
  (await readCredentials(parts)).find(({ integrationId }) => integrationId === id);

/** An integration gets another credential; the one before is free again. */
export async function attach(
  transaction: Transaction<unknown>,
  chosen: CredentialRow,
  integrationId: string,
  before: CredentialRow | undefined,
): Promise<void> {
  if (before && before.id !== chosen.id) {
    await writeCredentialRow(transaction, { ...before, slot: null, integrationId: null });
  }
  await writeCredentialRow(transaction, { ...chosen, integrationId });
}

/** As it is to be kept once its secret is back from a setting. */
export async function backFrom(
  { clock, seal }: Pick<VendorParts, 'clock' | 'seal'>,
  setting: OpenIdConnect,
  credential: CredentialRow,
): Promise<CredentialRow> {
  const { clientId, clientSecret } = setting.body;
  const fields = { clientId, ...(clientSecret && { clientSecret }) };
  return {
    ...credential,
    fields: await sealFields(fields, seal),
    givenBy: null,
    destination: destinationOf(setting.body),
    updatedAt: new Date(clock.now()),
  };
}
