import type {
  AgentRef,
  ContactSession,
  Conversation,
  Entry,
  Me,
  Presence,
} from '@countersign/protocol';
import { query, request } from './request.ts';

export interface Page<Item> {
  items: Item[];
  next?: string;
}

export interface QueueSummary {
  name: string;
  priority: number;
  waiting: number;
  longestWaitSeconds: number;
  agents: AgentRef[];
}

export interface AgentSummary extends AgentRef {
  presence: Presence;
  load: number;
  capacity: number;
}

export interface ContactDetails {
  id: string;
  name?: string | null;
  email?: string | null;
  identities: { setting: string; issuer: string; subject: string; since: string }[];
  conversations: Conversation[];
}

export interface AttemptCheck {
  name: string;
  passed: boolean;
  observed?: string | null;
  expected?: string | null;
}

export interface Attempt {
  id: string;
  reference: string;
  at: string;
  setting: string;
  deployment: string;
  channel?: string;
  outcome: 'accepted' | 'refused';
  reason?: string | null;
  hint?: string | null;
  issuer?: string | null;
  subject?: string | null;
  keyId?: string | null;
  checks: AttemptCheck[];
}

export type MessageKind = 'message' | 'note';

const conversationPath = (id: string, action?: string): string =>
  `/api/conversations/${encodeURIComponent(id)}${action ? `/${action}` : ''}`;

/** The calls of the workspace API, one a line. All throw `RequestError`. */
export const workspaceApi = {
  me: () => request<Me>('GET', '/api/me'),
  setPresence: (presence: Presence) => request<null>('PUT', '/api/me/presence', { presence }),
  openConversations: (cursor?: string) =>
    request<Page<Conversation>>('GET', `/api/conversations${query({ limit: 100, cursor })}`),
  conversation: (id: string) => request<Conversation>('GET', conversationPath(id)),
  entries: (id: string, after: number, limit: number) =>
    request<Page<Entry>>('GET', conversationPath(id, `entries${query({ after, limit })}`)),
  accept: (id: string) => request<Conversation>('POST', conversationPath(id, 'accept')),
  decline: (id: string) => request<Conversation>('POST', conversationPath(id, 'decline')),
  pick: (id: string) => request<Conversation>('POST', conversationPath(id, 'pick')),
  end: (id: string) => request<Conversation>('POST', conversationPath(id, 'end')),
  typing: (id: string) => request<null>('POST', conversationPath(id, 'typing')),
  sendMessage: (id: string, message: { text: string; clientId: string; kind?: MessageKind }) =>
    request<Entry>('POST', conversationPath(id, 'messages'), message),
  transfer: (id: string, target: { queue?: string; agent?: string; note?: string }) =>
    request<Conversation>('POST', conversationPath(id, 'transfer'), target),
  queues: () => request<Page<QueueSummary>>('GET', '/api/queues'),
  agents: () => request<Page<AgentSummary>>('GET', '/api/agents'),
  contact: (id: string) =>
    request<ContactDetails>('GET', `/api/contacts/${encodeURIComponent(id)}`),
  attempts: (filter: { outcome?: string; reference?: string; cursor?: string }) =>
    request<Page<Attempt>>('GET', `/api/attempts${query({ ...filter, limit: 50 })}`),
  askToSignIn: (id: string) =>
    request<Entry>('POST', conversationPath(id, 'request-authentication')),
  contactSessions: (contact: string) =>
    request<Page<ContactSession>>('GET', `/api/contacts/${encodeURIComponent(contact)}/sessions`),
  endContactSession: (contact: string, session: string) =>
    request<null>(
      'DELETE',
      `/api/contacts/${encodeURIComponent(contact)}/sessions/${encodeURIComponent(session)}`,
    ),
  signContactOut: (contact: string) =>
    request<{ ended: number }>('POST', `/api/contacts/${encodeURIComponent(contact)}/sign-out`),
};

/** Where the browser itself downloads the identity trail of a conversation. */
export const trailPath = (id: string): string => conversationPath(id, 'trail');
