import {
  type Configuration,
  type Deployment,
  isOriginAllowed,
  type Snapshot,
  type Workstream,
} from '../configuration/index.ts';
import type { Conversations } from '../conversations/index.ts';
import { type IdentityModule, isTokenSetting, type SettingStatus } from '../identity/index.ts';
import type { AgentStatus, Routing } from '../routing/index.ts';
import type { Sighting, Sightings } from '../sightings/index.ts';
import { queuesOf } from './queues-of.ts';
import { byName } from './step.ts';

export interface FactParts {
  configuration: Pick<Configuration, 'current'>;
  identity: Pick<IdentityModule, 'settingStatuses'>;
  sightings: Pick<Sightings, 'of'>;
  conversations: Pick<Conversations, 'anyVerified'>;
  routing: Pick<Routing, 'statuses'>;
  publicUrl: string;
}

/** What the steps are judged by. */
export interface SetupFacts {
  snapshot: Snapshot;
  /** Of the settings that web customers can sign in by. */
  statuses: SettingStatus[];
  /** Deployments where customers can sign in. */
  signingIn: Deployment[];
  /** Those of them that take customers from some site. */
  ready: Deployment[];
  /** Of the ready ones, on sites that they allow. */
  sightings: Sighting[];
  /** A conversation of theirs has had a proven customer. */
  isVerifiedSeen: boolean;
  /** Where their customers come to. */
  workstreams: Workstream[];
  agents: ReadonlyMap<string, AgentStatus>;
}

export async function readFacts(parts: FactParts): Promise<SetupFacts> {
  const { configuration, identity, sightings, conversations, routing, publicUrl } = parts;
  const snapshot = configuration.current();
  const signingIn = byName(snapshot.deployments.values()).filter(({ setting }) => setting !== null);
  const ready = signingIn.filter(takesCustomers);
  const ids = ready.map(({ id }) => id);
  const workstreams = [...new Set((ready.length > 0 ? ready : signingIn).map((d) => d.workstream))];
  const members = workstreams.flatMap((workstream) =>
    queuesOf(workstream, snapshot).flatMap((queue) => queue.members),
  );
  const [statuses, seen, verified, agents] = await Promise.all([
    identity.settingStatuses(byName(snapshot.settings.values()).filter(isTokenSetting)),
    sightings.of(ids),
    conversations.anyVerified(ids),
    routing.statuses([...new Set(members)]),
  ]);
  const isStillAllowed = ({ deploymentId, origin }: Sighting): boolean => {
    const deployment = snapshot.deployments.get(deploymentId);
    return deployment !== undefined && isOriginAllowed(deployment, origin, publicUrl);
  };
  return {
    ...{ snapshot, statuses, signingIn, ready, workstreams, agents },
    sightings: seen.filter(isStillAllowed),
    isVerifiedSeen: verified !== null,
  };
}

const takesCustomers = ({ status, allowAllDomains, allowedDomains }: Deployment): boolean =>
  status === 'Active' && (allowAllDomains || allowedDomains.length > 0);
