import type { Attachments } from '../attachments/index.ts';
import type { Configuration } from '../configuration/index.ts';
import type { Contacts } from '../contacts/index.ts';
import type { Conversations } from '../conversations/index.ts';
import type { Bus, Clock, Http, Telemetry } from '../platform/index.ts';
import type { Routing } from '../routing/index.ts';
import type { Sessions } from '../sessions/index.ts';
import { askToSignInRoutes } from './ask-to-sign-in-routes.ts';
import { attachmentRoute } from './attachment-route.ts';
import { contactLinkRoutes } from './contact-link-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { contactSessionRoutes } from './contact-session-routes.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { createLiveFeed } from './live-feed.ts';
import { mergeRoutes } from './merge-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import type { Identify } from './staff.ts';
import { trailRoute } from './trail-route.ts';

export { publishOpenApi } from './openapi.ts';
export { serveConsole } from './serve-console.ts';
export type { Identify, Staff } from './staff.ts';

export interface WorkspaceParts {
  http: Http;
  identify: Identify;
  configuration: Configuration;
  attachments: Pick<Attachments, 'content'>;
  contacts: Contacts;
  conversations: Conversations;
  routing: Routing;
  sessions: Pick<Sessions, 'conversationsOf' | 'devicesOf' | 'signOut'>;
  bus: Bus;
  clock: Clock;
  telemetry: Telemetry;
  publicUrl: string;
}

export interface Workspace {
  close(): Promise<void>;
}

const ROUTES = [
  conversationRoutes,
  messageRoutes,
  peopleRoutes,
  contactRoutes,
  contactLinkRoutes,
  mergeRoutes,
  contactSessionRoutes,
  askToSignInRoutes,
  trailRoute,
  attachmentRoute,
];

/** What agents see and do: HTTP under `/api`, and the live feed (spec/workspace-api.md). */
export function createWorkspace(parts: WorkspaceParts): Workspace {
  const live = createLiveFeed(parts);
  for (const routes of ROUTES) routes(parts);
  return { close: live.close };
}
