import { GuestErrorText, OnMessageRequest } from '@countersign/protocol';
import { attachmentContent } from '../../../attachments/index.ts';
import { Fault } from '../../../platform/index.ts';
import { type Action, roomOf } from '../context.ts';
import { readAttributes } from '../custom-attributes.ts';
import { readMessage } from '../read-message.ts';
import { reader } from '../read-request.ts';
import { say } from '../say.ts';
import { onEvent } from './on-event.ts';

const read = reader(OnMessageRequest);

/** A text, an answer to rich content, or an event of the customer (§4.3 to §4.6). */
export const onMessage: Action = async (context, connection, { value, tracingId }) => {
  const request = read(value);
  const room = roomOf(connection, request.token);
  if (request.message.type === 'Event') {
    await onEvent(context, connection, room, request, tracingId);
    return;
  }
  if (room.session.readOnly) throw new Fault('read_only', 409, GuestErrorText.readOnly);
  context.limiter.spend('messagesPerSession', room.messages);
  const attributes = readAttributes(request);
  const { draft, attachmentIds } = readMessage(request.message, tracingId);
  if (attachmentIds.length > 0) {
    const files = await context.attachments.take(room.session.id, attachmentIds);
    draft.content = [...(draft.content ?? []), ...files.map(attachmentContent)];
  }
  await say(context, connection, room, { draft, tracingId, attributes });
};
