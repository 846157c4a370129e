import { AttachmentRequest } from '@countersign/protocol';
import { type Action, roomOf } from '../context.ts';
import { attachmentDeleted } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(AttachmentRequest);

/** Takes back a file that no message has named (§8). */
export const deleteAttachment: Action = async (context, connection, { value, tracingId }) => {
  const { token, attachmentId } = read(value);
  await context.attachments.remove(roomOf(connection, token).session.id, attachmentId);
  connection.send(attachmentDeleted(attachmentId, tracingId));
};
