import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { notFound, type Seal } from '../../../platform/index.ts';
import { fileObject, openForm } from '../../objects/file-object.ts';
import { namesOf } from '../../objects/names.ts';
import { type OpenIdConnect, openIdConnectSettings } from '../open-id-connect-settings.ts';
import type { VendorParts } from '../parts.ts';
import { type IntegrationRow, readIntegrationRows } from './integration-store.ts';

/**
 * What an integration sends where, as in the configuration file and without its client, which is the
 * credential's. Further keys of ours are in it too, and stay.
 */
const Held = Type.Object(
  {
    description: Type.Optional(Type.String()),
    discoveryUri: Type.Optional(Type.String()),
    providerHosts: Type.Optional(Type.Array(Type.String())),
    implicitFlow: Type.Optional(Type.Boolean()),
    refreshTokenLifetime: Type.Optional(Type.Integer()),
  },
  { additionalProperties: true },
);
export type Held = Type.Static<typeof Held>;
const isHeld = Compile(Held);

export interface Integration {
  id: string;
  name: string;
  typeId: string;
  /** Of its configuration. */
  version: number;
  held: Held;
  updatedAt: Date;
  /** The setting that it is while it is in force. */
  setting: OpenIdConnect | null;
  row: IntegrationRow | null;
}

export const INTEGRATION_TYPE = 'openid-connect-messenger-configuration';

/** All of them, by name: settings in force, and what is not. */
export async function readIntegrations(parts: VendorParts): Promise<Integration[]> {
  const { configuration, database, seal } = parts;
  await configuration.refresh();
  const rows = await readIntegrationRows(database.kysely);
  const settings = openIdConnectSettings(configuration.stored());
  const known = new Set(settings.map(({ id }) => id));
  const resting = rows.filter(({ id }) => !known.has(id));
  const all = [
    ...settings.map((setting) =>
      inForce(parts, setting, rows.find(({ id }) => id === setting.id) ?? null),
    ),
    ...(await Promise.all(resting.map((row) => atRest(row, seal)))).flat(),
  ];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Fault `not_found` 404. */
export async function readIntegration(parts: VendorParts, id: string): Promise<Integration> {
  const found = (await readIntegrations(parts)).find((integration) => integration.id === id);
  if (!found) throw notFound('integration');
  return found;
}

function inForce(
  { configuration }: VendorParts,
  setting: OpenIdConnect,
  row: IntegrationRow | null,
): Integration {
  const { id, name, version, updatedAt } = setting;
  return {
    ...{ id, name, updatedAt, setting, row },
    typeId: row?.typeId ?? INTEGRATION_TYPE,
    version: (row?.version ?? 0) + version,
    held: heldOf(setting, namesOf(configuration.stored())),
  };
}

/** Everything but the name, the client and what says what kind of setting it is. */
function heldOf(setting: OpenIdConnect, names: ReturnType<typeof namesOf>): Held {
  const open = fileObject(setting, names, openForm);
  const entries = Object.entries(open).filter(([key]) => !NOT_HELD.has(key));
  const held: unknown = Object.fromEntries(entries);
  if (!isHeld.Check(held)) throw new Error('a setting of another shape');
  return held;
}

const NOT_HELD = new Set(['name', 'type', 'clientId', 'clientSecret']);

/** None when it was in force and the setting has been deleted since. */
async function atRest(row: IntegrationRow, seal: Seal): Promise<Integration[]> {
  if (row.body === null) return [];
  const held: unknown = JSON.parse(await seal.open(row.body));
  if (!isHeld.Check(held)) throw new Error('a sealed integration of another shape');
  const { id, name, typeId, version, updatedAt } = row;
  return [{ id, name, typeId, version, held, updatedAt, setting: null, row }];
}

export const sealHeld = (held: Held, seal: Seal): Promise<string> =>
  seal.seal(JSON.stringify(held));
