import { Entry } from '@countersign/protocol';
import { Type } from 'typebox';
import { Fault } from '../platform/index.ts';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { checkMentions, tellMentioned } from './mentions.ts';
import { presentEntry } from './present.ts';
import { withSentFiles } from './sent-files.ts';
import { staffId, staffName, supervises } from './staff.ts';

const tags = ['Conversations'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Message = Type.Object(
  {
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })),
    content: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 20 })),
    clientId: Type.String({ minLength: 1, maxLength: 100 }),
    kind: Type.Optional(Type.Enum(['message', 'note'])),
    mentions: Type.Optional(
      Type.Array(Type.String({ format: 'uuid' }), {
        maxItems: 20,
        description: 'agents whom a note names; they are told at once if they may see it',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Agents write: messages, private notes, typing. */
export function messageRoutes(parts: WorkspaceParts): void {
  const { http, conversations, configuration, bus } = parts;

  http.post(
    '/api/conversations/:id/messages',
    { schema: { tags, params: Id, body: Message, response: { 200: Entry } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      const { kind = 'message', text, clientId } = request.body;
      const named = request.body.content ?? [];
      if (text === undefined && named.length === 0) {
        throw new Fault('empty_message', 400, 'A message needs text or content.');
      }
      if (kind === 'message' && record.assigneeId !== staffId(staff)) {
        throw new Fault('not_assigned', 409, 'Take the conversation before you answer in it.');
      }
      if (kind === 'message' && record.state === 'wrap-up') {
        throw new Fault('conversation_closed', 409, 'This conversation has ended.');
      }
      if (kind === 'message') await parts.checkOutgoing(record, named);
      const content = await withSentFiles(parts, record, named);
      const mentions = checkMentions(request.body.mentions ?? [], kind, configuration);
      const { entry, repeated } = await conversations.append({
        conversationId: record.id,
        kind,
        role: 'agent',
        senderId: staffId(staff),
        senderName: staffName(staff),
        clientId,
        ...(text === undefined ? {} : { text }),
        ...(content.length > 0 ? { content } : {}),
        ...(mentions.length > 0 ? { data: { mentions } } : {}),
      });
      if (!repeated) tellMentioned(bus, record, entry);
      return presentEntry(entry, staffId(staff));
    },
  );

  http.post(
    '/api/conversations/:id/typing',
    { schema: { tags, params: Id, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { staff, record } = await visibleConversation(parts, request);
      if (record.assigneeId === staffId(staff) || supervises(staff)) {
        bus.publish(`typing/${record.id}`, { role: 'agent', name: staffName(staff) });
      }
      return reply.code(204).send(null);
    },
  );
}
