import type { Bodies, StoredObject } from '../../../configuration/index.ts';
import { ofKind } from '../../objects/names.ts';
import { described } from '../described.ts';
import { refuseUnsupported } from '../refuse-unsupported.ts';
import { invalidAt, type PlaceOf } from '../vendor-fault.ts';
import { deploymentMembers, type GivenDeployment } from './given-deployment.ts';

type Body = Bodies['deployments'];

/**
 * What was given, on top of what is stored (null: nothing yet): what it does not speak of, such as
 * operating hours, stays. Fault `bad.request` 400 for what cannot be said in our objects.
 */
export function toBody(
  given: GivenDeployment,
  before: Body | null,
  stored: readonly StoredObject[],
): Body {
  refuseUnsupported(given, deploymentMembers);
  const { description: _, ...others } = { description: undefined, ...(before ?? INITIAL) };
  return {
    ...others,
    ...described(given.description, before ?? {}),
    configurationId: configurationOf(given, before, stored),
    workstreamId: workstreamOf(given, before, stored),
    status: given.status ?? others.status,
    allowAllDomains: given.allowAllDomains ?? others.allowAllDomains,
    allowedDomains: domainsOf(given, others),
  };
}

const INITIAL: Omit<Body, 'configurationId' | 'workstreamId'> = {
  status: 'Active',
  allowAllDomains: false,
  allowedDomains: [],
  operatingHoursId: null,
};

/** Whoever opens a deployment to every domain need not empty the list as well. */
function domainsOf(given: GivenDeployment, before: Pick<Body, 'allowedDomains'>): string[] {
  if (given.allowedDomains) return given.allowedDomains;
  return given.allowAllDomains ? [] : before.allowedDomains;
}

/** A deployment runs the newest published version, whichever that is: no other can be asked for. */
function configurationOf(
  { configuration }: GivenDeployment,
  before: Body | null,
  stored: readonly StoredObject[],
): string {
  if (!configuration) {
    if (before) return before.configurationId;
    throw invalidAt('configuration.id', 'expected a configuration');
  }
  const id = configuration.id.toLowerCase();
  const published = ofKind(stored, 'messengerConfigurations').find((object) => object.id === id);
  if (!published) throw invalidAt('configuration.id', 'expected a configuration that is published');
  const { version } = configuration;
  if (version === undefined || version === String(published.version)) return id;
  const message = `expected the newest published version, ${published.version}: every deployment runs it`;
  throw invalidAt('configuration.version', message);
}

/** Their flow is what decides who answers: our workstream. */
function workstreamOf(
  { flow }: GivenDeployment,
  before: Body | null,
  stored: readonly StoredObject[],
): string {
  const workstreams = ofKind(stored, 'workstreams').filter(({ body }) => body.channel === 'web');
  if (flow?.id !== undefined) {
    const id = flow.id.toLowerCase();
    if (workstreams.some((workstream) => workstream.id === id)) return id;
    throw invalidAt('flow.id', 'expected the id of a workstream of the channel web');
  }
  if (before) return before.workstreamId;
  const [only] = workstreams;
  if (only && workstreams.length === 1) return only.id;
  const message = `expected the id of a workstream: there are ${workstreams.length} of the channel web`;
  throw invalidAt('flow.id', message);
}

/** Where in what they gave a fault of ours is. */
export const deploymentPlace: PlaceOf = (path) => {
  if (path === 'workstream') return 'flow.id';
  return path === 'configuration' ? 'configuration.id' : path;
};
