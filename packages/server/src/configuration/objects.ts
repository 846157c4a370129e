import type {
  AuthenticationMethod,
  AutomatedTrigger,
  Enforcement,
  IdentityState,
  WebhookEvent,
} from '@countersign/protocol';
import type {
  AppleOauthSetting,
  OpenIdConnectSetting,
  SignedTokenSetting,
} from '../identity/index.ts';

/**
 * The business's objects as every other module reads them: resolved (an object holds the objects it
 * refers to), secrets opened, immutable. Changed only through administration.
 */
export type AuthenticationSetting = WebAuthenticationSetting | AppleOauthSetting;

/** Those that a browser can sign in by. */
export type WebAuthenticationSetting = (
  | (OpenIdConnectSetting & { description?: string })
  | (SignedTokenSetting & { owner?: string; clientFunction: string })
) & { enforcement: Enforcement };

/** When something is open. Closed on holidays, all day, in its own time zone. */
export interface OperatingHours {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** `HH:MM-HH:MM` of the wall clock, in order; a day without any is closed. */
  weekly: Partial<Record<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', string[]>>;
  /** `date` is `YYYY-MM-DD`. */
  holidays: { name: string; date: string }[];
}

/** What an overflowing queue does with a conversation; `transfer` to another queue. */
export type OverflowAction =
  | { action: 'end' }
  | { action: 'assign' }
  | { action: 'transfer'; queueId: string };

export interface Overflow {
  outsideHours: OverflowAction | null;
  /** `above`: waiting conversations. */
  length: (OverflowAction & { above: number }) | null;
  /** `above`: seconds. Never `assign`. */
  waitingTime: (OverflowAction & { above: number }) | null;
}

export interface Queue {
  id: string;
  name: string;
  /** Lower goes first. */
  priority: number;
  assignment: 'highest-capacity' | 'round-robin' | 'longest-idle';
  /** Null: always open. */
  operatingHoursId: string | null;
  overflow: Overflow;
  /** Ids of users. */
  members: string[];
}

export interface VariableDefinition {
  name: string;
  type: 'text' | 'number';
}

/** Texts are compared exactly and with case, numbers as numbers. */
export type Operator =
  | { is: string | number }
  | { isNot: string | number }
  | { contains: string }
  | { beginsWith: string }
  | { in: (string | number)[] }
  | { hasValue: boolean }
  | { above: number }
  | { below: number }
  | { atLeast: number }
  | { atMost: number }
  | { between: number[] };

/** A condition of a rule: exactly one of the forms of spec/configuration-file.md and those added to it. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { authenticated: boolean }
  | { identity: IdentityState[] }
  | { method: AuthenticationMethod }
  | { settingId: string }
  | { deploymentId: string }
  | { locale: string }
  | { hoursId: string; open: boolean }
  | ({ contact: 'id' | 'name' | 'email' | 'phone' } & Operator)
  | ({ variable: string; signed?: boolean } & Operator);

export interface Rule {
  when: Condition;
  /** One queue, or several with their percentages, which make 100. */
  queues: { queueId: string; percent: number }[];
  /** Of the conversation within the queue; lower goes first. */
  priority: number;
}

/** A ruleset that runs before routing: its first rule that matches sets its values. */
export interface Classification {
  name: string;
  rules: {
    when: Condition;
    /** Context variables, at most 5. */
    set: { variable: string; value: string | number }[];
    /** Of the conversation, in place of the routing rule's. */
    priority: number | null;
  }[];
}

export interface AutomatedMessage {
  on: AutomatedTrigger;
  locale: string;
  text: string;
}

export interface Workstream {
  id: string;
  name: string;
  channel: 'web' | 'apple';
  distribution: 'push' | 'pick';
  /** Units one conversation takes of an agent's capacity. */
  capacity: number;
  /** Seconds. */
  offerTimeout: number;
  contextVariables: VariableDefinition[];
  classification: Classification[];
  routeToQueue: Rule[];
  fallbackQueueId: string;
  /** After so many declines an agent is not offered that conversation again. */
  declines: number;
  /** Seconds for notes after the end, with the capacity still taken; 0: none. */
  wrapUp: number;
  keepSameAgent: boolean;
  automatedMessages: AutomatedMessage[];
}

export interface QuickReply {
  id: string;
  title: string;
  locale: string;
  tags: string[];
  /** Ids; none: everywhere. */
  workstreamIds: string[];
  text: string;
}

export interface Webhook {
  id: string;
  url: string;
  /** Open. */
  secret: string;
  events: WebhookEvent[];
}

export interface PreChatQuestion {
  /** Of the context variable that the answer becomes. */
  name: string;
  text: string;
  type: 'single-line' | 'multi-line' | 'options' | 'consent';
  required: boolean;
  /** Of the type `options`. */
  options: string[];
  /** Of the type `consent`: what is consented to. */
  link: string | null;
}

export interface MessengerConfiguration {
  id: string;
  name: string;
  description?: string;
  /** Counts published versions from 1. */
  version: number;
  authentication: { enabled: boolean; settingId: string | null; allowSessionUpgrade: boolean };
  languages: string[];
  conversations: {
    disconnect: 'Off' | 'Send' | 'ReadOnly';
    clear: boolean;
    typing: boolean;
    /** Seconds without a message until a session ends. */
    sessionDuration: number;
  };
  appearance: {
    primaryColor: string;
    launcher: 'On' | 'Off' | 'OnDemand';
    position: 'Auto' | 'Left' | 'Right';
  };
  attachments: { enabled: boolean; fileTypes: string[]; maxFileSizeKB: number };
  /** Asked before the chat; at most 10. */
  preChatSurvey: PreChatQuestion[];
  /** After the chat. `text` null: the usual question. */
  rating: { enabled: boolean; text: string | null };
}

export interface Deployment {
  id: string;
  name: string;
  description?: string;
  status: 'Active' | 'Inactive';
  allowAllDomains: boolean;
  allowedDomains: string[];
  configuration: MessengerConfiguration;
  workstream: Workstream;
  /** Null: always open. */
  operatingHours: OperatingHours | null;
  /** Null when the configuration's authentication is off. */
  setting: WebAuthenticationSetting | null;
}

/** A place at Apple where customers write. Its id is the `deploymentId` of their conversations. */
export interface AppleAccount {
  id: string;
  name: string;
  businessId: string;
  mspId: string;
  /** One, or two while the secret is changed; Base64, open. What is sent is signed with the first. */
  mspSecrets: string[];
  gatewayUrl: string;
  workstream: Workstream;
  /** Null when its authentication is off. */
  setting: AppleOauthSetting | null;
}

/** Base64. */
export interface RichImage {
  mediaType: 'image/jpeg' | 'image/png';
  data: string;
}

/** What is sent as a bubble of Apple Messages for Business; `receivedMessage` stands on it. */
export type RichMessage =
  | AuthenticationMessage
  | QuickReplyMessage
  | ListPickerMessage
  | TimePickerMessage
  | RichLinkMessage;

interface Bubble {
  id: string;
  name: string;
  receivedMessage: string;
  /** Stands on it once the customer has answered. */
  replyMessage: string;
}

export interface AuthenticationMessage extends Bubble {
  type: 'authentication';
}

export interface QuickReplyMessage {
  id: string;
  name: string;
  type: 'quick-reply';
  /** Shown once the customer has chosen. */
  summaryText: string;
  /** Two to five. */
  items: { identifier: string; title: string }[];
}

export interface ListPickerMessage extends Bubble {
  type: 'list-picker';
  sections: {
    title: string;
    multipleSelection: boolean;
    items: { identifier: string; title: string; subtitle: string | null }[];
  }[];
}

export interface TimePickerMessage extends Bubble {
  type: 'time-picker';
  title: string;
  /** Minutes; null: the zone of the device. */
  timezoneOffset: number | null;
  /** `startTime` in ISO 8601, UTC; `duration` in seconds. */
  timeslots: { identifier: string; startTime: string; duration: number }[];
}

export interface RichLinkMessage {
  id: string;
  name: string;
  type: 'rich-link';
  url: string;
  title: string;
  image: RichImage | null;
}

export type StaffRole = 'agent' | 'supervisor' | 'administrator' | 'developer' | 'secrets';

export interface User {
  id: string;
  email: string;
  name: string;
  nickname: string;
  roles: StaffRole[];
  /** Units. */
  capacity: number;
}

export interface ApiKey {
  id: string;
  name: string;
  roles: StaffRole[];
  /** SHA-256 of the key, hex. */
  hash: string;
}

/** All objects at one version. Maps are keyed by id. */
export interface Snapshot {
  version: number;
  settings: ReadonlyMap<string, AuthenticationSetting>;
  operatingHours: ReadonlyMap<string, OperatingHours>;
  queues: ReadonlyMap<string, Queue>;
  quickReplies: ReadonlyMap<string, QuickReply>;
  webhooks: ReadonlyMap<string, Webhook>;
  workstreams: ReadonlyMap<string, Workstream>;
  configurations: ReadonlyMap<string, MessengerConfiguration>;
  deployments: ReadonlyMap<string, Deployment>;
  appleAccounts: ReadonlyMap<string, AppleAccount>;
  richMessages: ReadonlyMap<string, RichMessage>;
  users: ReadonlyMap<string, User>;
  usersByEmail: ReadonlyMap<string, User>;
  apiKeysByHash: ReadonlyMap<string, ApiKey>;
}
