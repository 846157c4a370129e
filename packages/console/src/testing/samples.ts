import type { Conversation, Entry, InboxCounts, Me, QuickReply } from '@countersign/protocol';

/** Values for unit tests, each whole, with what a test cares about set over it. */
const START = Date.UTC(2026, 10, 22, 9, 0, 0);

export const sampleEntry = (seq: number, over: Partial<Entry> = {}): Entry => ({
  seq,
  id: `entry-${seq}`,
  at: new Date(START + seq * 1000).toISOString(),
  kind: 'message',
  from: { role: 'customer', name: 'Ada Ng' },
  authenticated: true,
  identityState: 'verified',
  text: `message ${seq}`,
  content: [],
  ...over,
});

export const sampleConversation = (id: string, over: Partial<Conversation> = {}): Conversation => ({
  id,
  state: 'active',
  channel: 'web',
  deployment: 'deployment',
  workstream: 'Shop',
  queue: 'Signed-in customers',
  priority: 2,
  openedAt: new Date(START).toISOString(),
  assignee: { id: 'maria', name: 'Maria Santos' },
  lastSeq: 1,
  lastAt: new Date(START).toISOString(),
  authenticated: true,
  identity: { state: 'verified', setting: 'Shop sign-in', issuer: 'https://id', subject: 'u-1' },
  contact: { id: 'contact', name: 'Ada Ng' },
  context: [],
  routing: null,
  ...over,
});

export const sampleMe = (over: Partial<Me> = {}): Me => ({
  id: 'maria',
  email: 'maria@shop.example',
  name: 'Maria Santos',
  nickname: 'Maria',
  roles: ['agent'],
  presence: 'available',
  capacity: 100,
  load: 0,
  offers: [],
  queues: [],
  ...over,
});

export const sampleQuickReply = (title: string, over: Partial<QuickReply> = {}): QuickReply => ({
  id: title,
  title,
  locale: 'en',
  tags: [],
  workstreams: [],
  text: `${title}.`,
  ...over,
});

export const sampleCounts = (): InboxCounts => ({
  mine: 0,
  unassigned: 0,
  all: 0,
  queues: {},
  identity: { anonymous: 0, claimed: 0, verified: 0, lapsed: 0 },
});
