import type { GuestRateLimits } from '@countersign/protocol';
import type { Logger } from 'pino';
import type { Attachments } from '../../attachments/index.ts';
import type { Configuration } from '../../configuration/index.ts';
import type { Contacts } from '../../contacts/index.ts';
import type { Conversations } from '../../conversations/index.ts';
import type { IdentityModule } from '../../identity/index.ts';
import type { Bus, Clock, Http, Metrics } from '../../platform/index.ts';
import type { Routing } from '../../routing/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { Sightings } from '../../sightings/index.ts';

/** What the channel is built from. */
export interface WebParts {
  http: Http;
  configuration: Configuration;
  identity: Pick<
    IdentityModule,
    | 'proveOpenIdConnect'
    | 'proveSignedToken'
    | 'proveLogout'
    | 'refuseMissingSetting'
    | 'reportSiteFault'
  >;
  attachments: Omit<Attachments, 'sweep'>;
  contacts: Pick<Contacts, 'claimed' | 'ofIdentity'>;
  sessions: Sessions;
  conversations: Conversations;
  sightings: Pick<Sightings, 'saw'>;
  routing: Pick<Routing, 'route' | 'endByCustomer' | 'waitOf'>;
  bus: Bus;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** The URL that browsers see, without a trailing slash. */
  publicUrl: string;
  /** `off` for load tests. */
  rateLimits: GuestRateLimits | 'off';
}
