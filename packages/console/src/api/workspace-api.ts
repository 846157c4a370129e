import type {
  AgentRef,
  Attempt,
  AuthenticationSettingStatus,
  ContactSession,
  Conversation,
  CustomerChannel,
  Entry,
  Inbox,
  Me,
  Presence,
  QuickReply,
  RichMessageChoice,
  TriedToken,
} from '@countersign/protocol';
import { query, request } from './request.ts';
import type { SentFile } from './upload-file.ts';

export interface Page<Item> {
  items: Item[];
  next?: string;
}

export interface TransferQueue {
  name: string;
  open: boolean;
  /** Of a queue that this person sees. */
  waiting?: number;
}

export interface AgentSummary extends AgentRef {
  presence: Presence;
  load: number;
  capacity: number;
}

export const contactFields = ['name', 'email', 'phone'] as const;
export type ContactField = (typeof contactFields)[number];
export type ContactValues = Partial<Record<ContactField, string>>;

export interface ContactFound extends ContactValues {
  id: string;
  verified: boolean;
}

export interface ContactCard extends ContactFound {
  /** Fields that a sign-in gives, with the name of its setting. */
  provenBy: ContactValues;
  createdAt: string;
  createdBy?: string;
  identities: { setting: string; issuer: string; subject: string; since: string }[];
}

export interface ContactDetails extends ContactCard {
  conversations: Conversation[];
}

/** The contact of a conversation, and who says so. */
export interface ContactLink {
  contact: ContactDetails | null;
  linked: { how: 'proof' | 'claim' | 'agent'; by?: string; at?: string } | null;
}

export interface MergePreview {
  contact: ContactCard & { conversations: number };
  into: ContactCard & { conversations: number };
  moves: { identities: number; conversations: number };
  takenOver: ContactField[];
  result: ContactValues;
  blocked: 'same_contact' | 'both_verified' | 'already_merged' | 'has_merges' | null;
}

export interface Merge {
  id: string;
  contact: ContactFound;
  into: string;
  reason: string;
  by: string;
  at: string;
  undoable: boolean;
  undoneBy?: string;
  undoneAt?: string;
}

export interface AttemptFilter {
  outcome?: string;
  reason?: string;
  /** Id. */
  setting?: string;
  reference?: string;
}

export interface Refetched {
  setting: AuthenticationSettingStatus;
  problems: { url: string; problem: string }[];
}

export type MessageKind = 'message' | 'note';

export interface OutgoingText {
  /** One of the two. */
  text?: string;
  content?: readonly ({ type: 'rich-message'; name: string } | SentFile)[];
  clientId: string;
  kind?: MessageKind;
  /** Ids of the agents whom a note names. */
  mentions?: readonly string[];
}

/** Which conversations, and in which order. */
export interface InboxQuery {
  view: 'mine' | 'unassigned' | 'all' | 'queue' | 'identity';
  /** Of the queue or the identity state. */
  name?: string;
  sort: 'longest-waiting' | 'newest' | 'priority';
}

const conversationPath = (id: string, action?: string): string =>
  `/api/conversations/${encodeURIComponent(id)}${action ? `/${action}` : ''}`;

const contactPath = (id: string, action?: string): string =>
  `/api/contacts/${encodeURIComponent(id)}${action ? `/${action}` : ''}`;

/** The calls of the workspace API, one a line. All throw `RequestError`. */
export const workspaceApi = {
  me: () => request<Me>('GET', '/api/me'),
  setPresence: (presence: Presence) => request<null>('PUT', '/api/me/presence', { presence }),
  inbox: (page: InboxQuery & { cursor?: string | undefined; limit: number }) =>
    request<Inbox>('GET', `/api/inbox${query({ ...page })}`),
  markRead: (id: string, seq: number) =>
    request<null>('PUT', conversationPath(id, 'read'), { seq }),
  quickReplies: (workstream: string) =>
    request<Page<QuickReply>>('GET', `/api/quick-replies${query({ workstream })}`),
  richMessages: (id: string) =>
    request<Page<RichMessageChoice>>('GET', conversationPath(id, 'rich-messages')),
  conversation: (id: string) => request<Conversation>('GET', conversationPath(id)),
  entries: (id: string, after: number, limit: number) =>
    request<Page<Entry>>('GET', conversationPath(id, `entries${query({ after, limit })}`)),
  accept: (id: string) => request<Conversation>('POST', conversationPath(id, 'accept')),
  decline: (id: string) => request<Conversation>('POST', conversationPath(id, 'decline')),
  pick: (id: string) => request<Conversation>('POST', conversationPath(id, 'pick')),
  end: (id: string) => request<Conversation>('POST', conversationPath(id, 'end')),
  close: (id: string) => request<Conversation>('POST', conversationPath(id, 'close')),
  assign: (id: string, agent: string) =>
    request<Conversation>('POST', conversationPath(id, 'assign'), { agent }),
  typing: (id: string) => request<null>('POST', conversationPath(id, 'typing')),
  sendMessage: (id: string, message: OutgoingText) =>
    request<Entry>('POST', conversationPath(id, 'messages'), message),
  transfer: (id: string, target: { queue?: string; agent?: string; note?: string }) =>
    request<Conversation>('POST', conversationPath(id, 'transfer'), target),
  transferQueues: () => request<Page<TransferQueue>>('GET', '/api/transfer-queues'),
  agents: () => request<Page<AgentSummary>>('GET', '/api/agents'),
  contact: (id: string) => request<ContactDetails>('GET', contactPath(id)),
  attempts: (filter: AttemptFilter & { cursor?: string }) =>
    request<Page<Attempt>>('GET', `/api/attempts${query({ ...filter, limit: 50 })}`),
  tryToken: (setting: string, token: string) =>
    request<TriedToken>('POST', '/api/attempts/try', { setting, token }),
  authenticationSettings: () =>
    request<Page<AuthenticationSettingStatus>>('GET', '/api/authentication-settings'),
  refetchKeys: (id: string) =>
    request<Refetched>('POST', `/api/authentication-settings/${encodeURIComponent(id)}/refetch`),
  askToSignIn: (id: string, how: { again?: boolean; message?: string } = {}) =>
    request<Entry>('POST', conversationPath(id, 'request-authentication'), how),
  channel: (id: string) => request<CustomerChannel>('GET', conversationPath(id, 'channel')),
  forgetFile: (id: string, file: string) =>
    request<null>('DELETE', conversationPath(id, `attachments/${encodeURIComponent(file)}`)),
  contactSessions: (contact: string) =>
    request<Page<ContactSession>>('GET', `/api/contacts/${encodeURIComponent(contact)}/sessions`),
  endContactSession: (contact: string, session: string) =>
    request<null>(
      'DELETE',
      `/api/contacts/${encodeURIComponent(contact)}/sessions/${encodeURIComponent(session)}`,
    ),
  signContactOut: (contact: string) =>
    request<{ ended: number }>('POST', `/api/contacts/${encodeURIComponent(contact)}/sign-out`),
  contactOf: (id: string) => request<ContactLink>('GET', conversationPath(id, 'contact')),
  linkContact: (id: string, contact: string | null) =>
    request<Conversation>('PUT', conversationPath(id, 'contact'), { contact }),
  searchContacts: (search: string) =>
    request<Page<ContactFound>>('GET', `/api/contacts${query({ search, limit: 10 })}`),
  createContact: (values: ContactValues) =>
    request<ContactDetails>('POST', '/api/contacts', values),
  changeContact: (id: string, values: Partial<Record<ContactField, string | null>>) =>
    request<ContactDetails>('PATCH', contactPath(id), values),
  mergePreview: (id: string, into: string) =>
    request<MergePreview>('GET', contactPath(id, `merge-preview${query({ into })}`)),
  mergeContact: (id: string, into: string, reason: string) =>
    request<Merge>('POST', contactPath(id, 'merge'), { into, reason }),
  merges: (id: string) => request<Page<Merge>>('GET', contactPath(id, 'merges')),
  undoMerge: (id: string) =>
    request<Merge>('POST', `/api/contact-merges/${encodeURIComponent(id)}/undo`),
};

/** Where the browser itself downloads the identity trail of a conversation. */
export const trailPath = (id: string): string => conversationPath(id, 'trail');
