import type { Applying } from '../../apply-configuration.ts';
import { replaceObject } from '../../objects/change-object.ts';
import { fileObject, sealedForm } from '../../objects/file-object.ts';
import { namesOf } from '../../objects/names.ts';
import { type Fields, openFields, requireDestination } from '../credentials/credential.ts';
import type { CredentialRow } from '../credentials/credential-store.ts';
import { destinationOf, type OpenIdConnect } from '../open-id-connect-settings.ts';
import type { VendorParts } from '../parts.ts';
import { changing, invalidAt } from '../vendor-fault.ts';
import { configPlace } from './config-place.ts';
import { attach, backFrom, credentialOf } from './credential-of.ts';
import type { Held } from './read-integration.ts';

export interface ConfigChange {
  name: string;
  held: Held;
  /** The credential that the integration is to have; null: nothing is said of it. */
  chosen: CredentialRow | null;
}

/** Changes an integration in force, which is a setting: what is not said here stays as it is. */
export async function changeSetting(
  parts: VendorParts,
  setting: OpenIdConnect,
  { name, held, chosen }: ConfigChange,
  author: Applying,
): Promise<void> {
  const { id, version } = setting;
  const names = namesOf(parts.configuration.stored());
  const { description, discoveryUri, implicitFlow, refreshTokenLifetime } = held;
  const object = {
    ...fileObject(setting, names, sealedForm),
    ...{ name, description, discoveryUri, implicitFlow, refreshTokenLifetime },
  };
  const before = await credentialOf(parts, id);
  const isOther = chosen !== null && chosen.id !== before?.id;
  const client = isOther ? await clientOf(parts, chosen, held, author) : {};
  const freed = isOther && before ? await backFrom(parts, setting, before) : before;
  const change = { section: 'authenticationSettings' as const, id, version };
  await changing(configPlace, () =>
    replaceObject(
      parts,
      { ...change, object: present({ ...object, ...client }) },
      author,
      async (transaction) => {
        if (!chosen) return;
        await attach(transaction, { ...chosen, fields: null }, id, freed);
      },
    ),
  );
  await parts.configuration.refresh();
}

/** The client of a credential, for a setting that sends its secret there. */
export async function clientOf(
  { seal }: Pick<VendorParts, 'seal'>,
  credential: CredentialRow,
  held: Held,
  author: Applying,
): Promise<Fields> {
  const fields = await openFields(credential, seal);
  if (fields.clientId === undefined) {
    throw invalidAt('credentials', 'expected a credential with its fields: enter them again');
  }
  requireDestination(credential, fields, destinationOf(held), author);
  return fields;
}

/** Without the members that are undefined, which a strict object does not have. */
const present = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
