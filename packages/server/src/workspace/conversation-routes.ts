import { Conversation, Entry } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import type { User } from '../configuration/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';
import type { Agent, Routing } from '../routing/index.ts';
import { visibleConversation, visibleQueues } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { presentConversation, presentEntry } from './present.ts';
import { asAgent, requireStaff, type Staff, staffId, supervises } from './staff.ts';

const OPEN_STATES = ['waiting', 'offered', 'active', 'wrap-up'];
const tags = ['Conversations'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

const ListQuery = Type.Object({
  state: Type.Optional(Type.String({ description: 'comma-separated; default: all but closed' })),
  queue: Type.Optional(Type.String({ description: 'name or id' })),
  contact: Type.Optional(Type.String({ format: 'uuid' })),
  authenticated: Type.Optional(Type.Boolean()),
  assignee: Type.Optional(Type.String({ description: 'me, none, or an id' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String()),
});
const EntriesQuery = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
});
const ConversationList = Type.Object({
  items: Type.Array(Conversation),
  next: Type.Optional(Type.String()),
});
const EntryList = Type.Object({ items: Type.Array(Entry), next: Type.Optional(Type.String()) });
const Transfer = Type.Object({
  queue: Type.Optional(Type.String({ description: 'name or id' })),
  agent: Type.Optional(Type.String({ description: 'id or e-mail address' })),
  note: Type.Optional(Type.String({ maxLength: 4000 })),
});
const Assign = Type.Object(
  { agent: Type.String({ description: 'id or e-mail address' }) },
  { additionalProperties: false },
);

/** Lists, reading, and taking hold of conversations. */
export function conversationRoutes(parts: WorkspaceParts): void {
  const { http, identify, configuration, contacts, conversations, routing } = parts;

  http.get(
    '/api/conversations',
    { schema: { tags, querystring: ListQuery, response: { 200: ConversationList } } },
    async (request) => {
      const staff = await requireStaff(identify, request);
      const page = await conversations.list(await listFilter(staff, request.query));
      return { ...page, items: await withPreviews(page.items) };
    },
  );

  http.get(
    '/api/conversations/:id',
    { schema: { tags, params: Id, response: { 200: Conversation } } },
    async (request) => {
      const { record } = await visibleConversation(parts, request);
      return present(record);
    },
  );

  http.get(
    '/api/conversations/:id/entries',
    { schema: { tags, params: Id, querystring: EntriesQuery, response: { 200: EntryList } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      const { after = 0, limit = 100 } = request.query;
      const items = await conversations.entries(record.id, { after, limit });
      const last = items.at(-1)?.seq ?? after;
      return {
        items: items.map((entry) => presentEntry(entry, staffId(staff))),
        ...(last < record.lastSeq && items.length > 0 ? { next: String(last) } : {}),
      };
    },
  );

  for (const action of ['accept', 'decline', 'pick', 'end', 'close'] as const) {
    http.post(
      `/api/conversations/:id/${action}`,
      { schema: { tags, params: Id, response: { 200: Conversation } } },
      async (request) => {
        const { staff, record } = await visibleConversation(parts, request);
        return present(await act(routing, action, asAgent(staff), record.id));
      },
    );
  }

  http.post(
    '/api/conversations/:id/transfer',
    { schema: { tags, params: Id, body: Transfer, response: { 200: Conversation } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      const target = transferTarget(request.body);
      return present(await routing.transfer(asAgent(staff), record.id, target));
    },
  );

  http.post(
    '/api/conversations/:id/assign',
    { schema: { tags, params: Id, body: Assign, response: { 200: Conversation } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      if (!supervises(staff)) throw new Fault('forbidden', 403, 'This needs the role supervisor.');
      const { id } = userNamed(request.body.agent);
      return present(await routing.assign(asAgent(staff), record.id, id));
    },
  );

  async function present(record: ConversationRecord): Promise<Conversation> {
    const [presented] = await withPreviews([record]);
    return presented ?? presentConversation(record, parts);
  }

  async function withPreviews(records: ConversationRecord[]): Promise<Conversation[]> {
    const previews = await conversations.previews(records.map((record) => record.id));
    return records.map((record) => presentConversation(record, parts, previews.get(record.id)));
  }

  async function listFilter(staff: Staff, query: Static<typeof ListQuery>) {
    const visibleTo = visibleQueues(staff, configuration);
    const named = query.queue === undefined ? null : [queueId(query.queue)];
    const queueIds =
      named && visibleTo ? named.filter((id) => visibleTo.includes(id)) : (named ?? visibleTo);
    return {
      states: query.state?.split(',') ?? OPEN_STATES,
      limit: query.limit ?? 50,
      ...(queueIds ? { queueIds } : {}),
      ...(visibleTo && !named ? { orAgentId: staffId(staff) } : {}),
      ...(query.contact ? { contactId: await withMerged(query.contact) } : {}),
      ...(query.authenticated === undefined ? {} : { authenticated: query.authenticated }),
      ...(query.assignee ? { assigneeId: assigneeId(query.assignee, staff) } : {}),
      ...(query.cursor ? { cursor: query.cursor } : {}),
    };
  }

  /** The conversations of a person, whichever of their records they were written for. */
  async function withMerged(contactId: string): Promise<string[]> {
    const contact = await contacts.read(contactId);
    return contact ? [contact.id, ...contact.mergedIds] : [contactId];
  }

  function assigneeId(assignee: string, staff: Staff): string | null {
    if (assignee === 'none') return null;
    return assignee === 'me' ? staffId(staff) : assignee;
  }

  function queueId(nameOrId: string): string {
    const queues = [...configuration.current().queues.values()];
    const queue = queues.find(({ id, name }) => id === nameOrId || name === nameOrId);
    if (!queue) throw new Fault('unknown_queue', 400, 'There is no queue of this name.');
    return queue.id;
  }

  function userNamed(idOrEmail: string): User {
    const users = [...configuration.current().users.values()];
    const user = users.find(({ id, email }) => id === idOrEmail || email === idOrEmail);
    if (!user) throw new Fault('unknown_agent', 400, 'There is no such agent.');
    return user;
  }

  function transferTarget(body: Static<typeof Transfer>) {
    const user = body.agent ? userNamed(body.agent) : null;
    return {
      ...(body.queue ? { queueId: queueId(body.queue) } : {}),
      ...(user ? { agentId: user.id } : {}),
      ...(body.note ? { note: body.note } : {}),
    };
  }
}

function act(
  routing: Routing,
  action: 'accept' | 'decline' | 'pick' | 'end' | 'close',
  agent: Agent,
  id: string,
): Promise<ConversationRecord> {
  return routing[action](agent, id);
}
