import { newId } from '../../../platform/index.ts';
import type { Applying } from '../../apply-configuration.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { checkObject } from '../../objects/check-object.ts';
import { requireFree } from '../credentials/credential.ts';
import type { CredentialRow } from '../credentials/credential-store.ts';
import type { VendorParts } from '../parts.ts';
import { refuseUnsupported } from '../refuse-unsupported.ts';
import { conflict, faulty, invalidAt } from '../vendor-fault.ts';
import { type ConfigChange, changeSetting } from './change-setting.ts';
import { configPlace } from './config-place.ts';
import { attach, credentialOf } from './credential-of.ts';
import {
  configMembers,
  type GivenConfig,
  type GivenIntegration,
  integrationMembers,
} from './given-integration.ts';
import { insertIntegrationRow, updateIntegrationRow } from './integration-store.ts';
import { type Held, type Integration, readIntegration, sealHeld } from './read-integration.ts';

const section = 'authenticationSettings';

/** Named as people name it; which id theirs has we do not know. */
const OPENID_CONNECT = /open-?_?id-?_?connect|oidc|webdeployments?-?_?oauth/i;

/** Not in force before it is configured and enabled. Answers its id. */
export async function createIntegration(
  { database, seal, clock }: VendorParts,
  given: GivenIntegration,
  { origin }: Applying,
): Promise<string> {
  refuseUnsupported(given, integrationMembers);
  const { name = 'OpenID Connect Messenger Configuration' } = given;
  const typeId = given.integrationType.id;
  if (!OPENID_CONNECT.test(typeId)) {
    const message = 'expected openid-connect-messenger-configuration: there is no other type here';
    throw invalidAt('integrationType.id', message);
  }
  const id = newId();
  const body = await sealHeld({}, seal);
  await database.kysely.transaction().execute(async (transaction) => {
    const updatedAt = new Date(clock.now());
    await insertIntegrationRow(transaction, { id, name, typeId, version: 1, body, updatedAt });
    const deed = { action: 'created', section, objectId: id, objectName: name } as const;
    await recordAudit(transaction, clock, origin, { ...deed, after: { name, inForce: false } });
  });
  return id;
}

/** Replaces what an integration says. Fault 409 when it is not at the version that was seen. */
export async function configureIntegration(
  parts: VendorParts,
  id: string,
  given: GivenConfig,
  author: Applying,
): Promise<void> {
  refuseUnsupported(given, configMembers);
  const integration = await readIntegration(parts, id);
  if (given.version !== integration.version) throw changedSince(integration.version);
  const name = given.name ?? integration.name;
  const held = heldOf(given, integration.held);
  const chosen = await chosenCredential(parts, given, integration);
  if (integration.setting) {
    await changeSetting(parts, integration.setting, { name, held, chosen }, author);
    return;
  }
  await changeAtRest(parts, integration, { name, held, chosen }, author);
}

const changedSince = (version: number) =>
  conflict(`Somebody has changed it since: it is at version ${version}. Nothing was written.`);

function heldOf({ notes, properties = {} }: GivenConfig, before: Held): Held {
  const { discoveryUri, implicitFlowSupport, maxRefreshTokenLifetime } = properties;
  const { description: _, ...others } = before;
  const description = notes ?? before.description;
  return {
    ...others,
    ...(description && { description }),
    ...(discoveryUri !== undefined && { discoveryUri }),
    ...(implicitFlowSupport !== undefined && {
      implicitFlow: String(implicitFlowSupport).toLowerCase() === 'true',
    }),
    ...(maxRefreshTokenLifetime !== undefined && {
      refreshTokenLifetime: Number(maxRefreshTokenLifetime),
    }),
  };
}

async function chosenCredential(
  parts: VendorParts,
  { credentials = {} }: GivenConfig,
  { id }: Integration,
): Promise<CredentialRow | null> {
  const [first, ...more] = Object.entries(credentials);
  if (!first) return null;
  if (more.length > 0) throw invalidAt('credentials', 'expected one credential: the client');
  const [slot, { id: credentialId }] = first;
  const credential = await requireFree(parts, credentialId.toLowerCase(), id);
  return { ...credential, slot };
}

async function changeAtRest(
  parts: VendorParts,
  integration: Integration,
  { name, held, chosen }: ConfigChange,
  { origin }: Applying,
): Promise<void> {
  const { database, clock, seal } = parts;
  checkAtRest(parts, integration.id, name, held);
  const { id, typeId, version } = integration;
  const updatedAt = new Date(clock.now());
  const row = {
    id,
    typeId,
    name,
    version: version + 1,
    updatedAt,
    body: await sealHeld(held, seal),
  };
  const before = await credentialOf(parts, id);
  await database.kysely.transaction().execute(async (transaction) => {
    if (!(await updateIntegrationRow(transaction, row, version))) throw changedSince(version + 1);
    if (chosen) await attach(transaction, { ...chosen, updatedAt }, id, before);
    const deed = { action: 'updated', section, objectId: id, objectName: name } as const;
    const shown = (name: string, { discoveryUri }: Held) => ({
      name,
      discoveryUri,
      inForce: false,
    });
    await recordAudit(transaction, clock, origin, {
      ...deed,
      before: shown(integration.name, integration.held),
      after: shown(name, held),
    });
  });
}

/** What it says is held against every rule of a setting, with a client that it may not have yet. */
function checkAtRest({ configuration }: VendorParts, id: string, name: string, held: Held): void {
  const object = {
    discoveryUri: 'https://id.example/.well-known/openid-configuration',
    ...held,
    ...{ name, type: 'openid-connect', clientId: 'client', clientSecret: 'secret' },
  };
  const result = checkObject({ section, id, object }, configuration.stored());
  if ('faults' in result) throw faulty(configPlace, result.faults);
}
