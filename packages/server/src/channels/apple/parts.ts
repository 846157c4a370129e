import type { Logger } from 'pino';
import type { Attachments } from '../../attachments/index.ts';
import type { Configuration } from '../../configuration/index.ts';
import type { Conversations } from '../../conversations/index.ts';
import type { Bus, Clock, Database, Http, Metrics, Outbound, Seal } from '../../platform/index.ts';
import type { Routing } from '../../routing/index.ts';
import type { SignIn } from './sign-in.ts';

/** What the channel is built from. */
export interface AppleParts {
  http: Http;
  database: Database;
  bus: Bus;
  seal: Seal;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  outbound: Pick<Outbound, 'send'>;
  configuration: Configuration;
  attachments: Omit<Attachments, 'sweep'>;
  conversations: Conversations;
  routing: Pick<Routing, 'route' | 'endByCustomer'>;
  /** Left out: customers cannot sign in. */
  signIn?: SignIn;
}
