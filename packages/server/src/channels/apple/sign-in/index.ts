import type { CustomerChannel } from '@countersign/protocol';
import type { Logger } from 'pino';
import type { AppleAccount, Configuration } from '../../../configuration/index.ts';
import type { Contacts } from '../../../contacts/index.ts';
import type {
  ConversationRecord,
  Conversations,
  EntryRecord,
} from '../../../conversations/index.ts';
import type { IdentityModule } from '../../../identity/index.ts';
import type { Clock, Database, Http, Seal } from '../../../platform/index.ts';
import type { Agent } from '../../../routing/index.ts';
import type { NotAsked, SignInMessage } from '../sign-in.ts';

export { CALLBACK_PATH } from './callback.ts';
export { createSignIn } from './create-sign-in.ts';
export { signInMigrations } from './migrations.ts';

/** The customer of a conversation, as the channel knows them. */
export interface AppleCustomer {
  opaqueId: string;
  /** Of the device they wrote from last. */
  capabilities: readonly string[];
  /** They have closed the conversation and may not be written to. */
  closed: boolean;
}

export interface SignInParts {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
  seal: Pick<Seal, 'seal' | 'open'>;
  log: Logger;
  http: Http;
  /** Of the node, as providers and devices reach it. */
  publicUrl: string;
  configuration: Pick<Configuration, 'current'>;
  identity: Pick<IdentityModule, 'proveApple' | 'refuseApple'>;
  contacts: Pick<Contacts, 'ofIdentity'>;
  conversations: Pick<Conversations, 'change' | 'read' | 'lastOf' | 'verifiedEnded'>;
  /** Null: no customer of this channel. */
  customerOf(conversationId: string): Promise<AppleCustomer | null>;
}

/** What a device says to a request (§7.4, §9.5). */
export interface DeviceReply {
  account: AppleAccount;
  opaqueId: string;
  requestIdentifier: string;
  /** `data.authenticate`, as it came. */
  authenticate: unknown;
}

export interface AskOptions {
  /** In the place of a request that waits. */
  again?: boolean | undefined;
  /** The name of the sign-in message; the setting's first without it. */
  message?: string | undefined;
}

/** Customers of Apple Messages prove who they are (spec/apple-messages-for-business.md §6–§13). */
export interface AppleSignIn {
  /**
   * Asks the customer to sign in: resolves once it is written, and the channel sends it in the order of
   * the log. Faults: 409 `conversation_closed`, `sign_in_not_attached`, `capability_missing`,
   * `request_pending`, `not_assigned`; 400 `unknown_rich_message`.
   */
  request(agent: Agent, conversationId: string, options?: AskOptions): Promise<EntryRecord>;
  /** What the customer's device can do, and how the last request of the conversation stands. */
  describe(record: Pick<ConversationRecord, 'id' | 'deploymentId'>): Promise<CustomerChannel>;
  /** A request as the gateway takes it; null: it waits no more, and nothing is to be sent. */
  toSend(requestIdentifier: string): Promise<SignInMessage | null>;
  /** The gateway has taken it. */
  sent(requestIdentifier: string): Promise<void>;
  /** It reached no device: it ends, and the agent reads why. */
  notSent(requestIdentifier: string, why: NotAsked): Promise<void>;
  /** Resolves once the reply is stored; a look-up it asks for goes on afterwards. */
  replied(reply: DeviceReply): Promise<void>;
  /** The customer has closed: what waits for them is over, and nobody is proven any more (§11). */
  closed(customer: { account: AppleAccount; opaqueId: string }): Promise<void>;
  /** Nobody is signed in as this person any more. Answers of how many conversations. */
  signOut(person: { settingId: string; subject: string }): Promise<number>;
  /** One round of what time and changes of the configuration bring. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way that a reply has begun. */
  settled(): Promise<void>;
}
