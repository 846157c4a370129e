import type { CustomerChannel } from '@countersign/protocol';
import type { Attachments } from '../attachments/index.ts';
import type { Configuration } from '../configuration/index.ts';
import type { Contacts } from '../contacts/index.ts';
import type { ConversationRecord, Conversations, EntryRecord } from '../conversations/index.ts';
import type { IdentityModule } from '../identity/index.ts';
import type { Bus, Clock, Database, Http, Telemetry } from '../platform/index.ts';
import type { Agent, Routing } from '../routing/index.ts';
import type { Sessions } from '../sessions/index.ts';
import { askToSignInRoutes } from './ask-to-sign-in-routes.ts';
import { attachmentRoute } from './attachment-route.ts';
import { channelRoute } from './channel-route.ts';
import { contactLinkRoutes } from './contact-link-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { contactSessionRoutes } from './contact-session-routes.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { dryRunRoute } from './dry-run-route.ts';
import { createOpenCounts, type OpenCounts } from './inbox-counts.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { createLiveFeed } from './live-feed.ts';
import { mergeRoutes } from './merge-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { quickReplyRoutes } from './quick-reply-routes.ts';
import { readMarkRoutes } from './read-mark-routes.ts';
import { type ReadMarks, readMarkStore } from './read-mark-store.ts';
import { reportRoutes } from './report-routes.ts';
import { richMessageRoute } from './rich-message-route.ts';
import type { Identify } from './staff.ts';
import { supervisionRoutes } from './supervision-routes.ts';
import { trailRoute } from './trail-route.ts';
import { uploadRoutes } from './upload-routes.ts';

export { workspaceMigrations } from './migrations.ts';
export { publishOpenApi } from './openapi.ts';
export { presentConversation, presentEntry } from './present.ts';
export { serveConsole } from './serve-console.ts';
export { serveDocs } from './serve-docs.ts';
export type { Identify, Staff } from './staff.ts';

export interface WorkspaceParts {
  http: Http;
  identify: Identify;
  configuration: Configuration;
  attachments: Omit<Attachments, 'sweep'>;
  contacts: Contacts;
  conversations: Conversations;
  routing: Routing;
  sessions: Pick<Sessions, 'conversationsOf' | 'devicesOf' | 'signOut'>;
  identity: Pick<IdentityModule, 'examineToken' | 'refusedAttempts'>;
  bus: Bus;
  clock: Clock;
  telemetry: Telemetry;
  publicUrl: string;
  /** By channel: sign-ins that are not those of a session on the web. */
  channelSignIns?: Readonly<Record<string, ChannelSignIn>>;
  /** Refuses what the customer's channel cannot bring them, before it is written. Faults: those of the channel. */
  checkOutgoing(record: ConversationRecord, content: unknown[]): Promise<void>;
  readMarks: ReadMarks;
  openCounts: OpenCounts;
}

/** How the customers of a channel are asked to sign in and signed out. */
export interface ChannelSignIn {
  /** Answers the entry that tells it. Faults: those of the channel. */
  request(
    agent: Agent,
    conversationId: string,
    options?: { again?: boolean | undefined; message?: string | undefined },
  ): Promise<EntryRecord>;
  /** What the customer's device can do, and how the last request of the conversation stands. */
  describe(record: ConversationRecord): Promise<CustomerChannel>;
  /** Answers in how many conversations they were signed in. */
  signOut(person: { settingId: string; subject: string }): Promise<number>;
}

export interface Workspace {
  close(): Promise<void>;
}

const ROUTES = [
  conversationRoutes,
  deploymentRoutes,
  messageRoutes,
  peopleRoutes,
  contactRoutes,
  contactLinkRoutes,
  mergeRoutes,
  contactSessionRoutes,
  askToSignInRoutes,
  channelRoute,
  trailRoute,
  attachmentRoute,
  uploadRoutes,
  inboxRoutes,
  readMarkRoutes,
  quickReplyRoutes,
  richMessageRoute,
  supervisionRoutes,
  dryRunRoute,
  reportRoutes,
];

type WorkspaceNeeds = Omit<WorkspaceParts, 'readMarks' | 'openCounts'> & { database: Database };

/** What agents see and do: HTTP under `/api`, and the live feed (spec/workspace-api.md). */
export function createWorkspace({ database, ...needs }: WorkspaceNeeds): Workspace {
  const openCounts = createOpenCounts(needs);
  const parts = { ...needs, openCounts, readMarks: readMarkStore(database) };
  const live = createLiveFeed(parts);
  for (const routes of ROUTES) routes(parts);
  return {
    async close() {
      openCounts.close();
      await live.close();
    },
  };
}
