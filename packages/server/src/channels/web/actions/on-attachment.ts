import { OnAttachmentRequest } from '@countersign/protocol';
import { Fault, newId } from '../../../platform/index.ts';
import type { Connection } from '../connection.ts';
import { type Action, deploymentOf, roomOf, type WebContext } from '../context.ts';
import { generateUrlError, presignedUrl } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(OnAttachmentRequest);
const READ_ONLY = 'Session is read-only, no new messages allowed';

/** A file is announced; the answer says where to upload it (§8). */
export const onAttachment: Action = async (context, connection, { value, tracingId }) => {
  const request = read(value);
  const room = roomOf(connection, request.token);
  if (room.session.readOnly) throw new Fault('read_only', 409, READ_ONLY);
  context.limiter.spend('messagesPerSession', room.messages);
  try {
    const { id } = await announce(context, connection, room.session.id, request);
    const url = `${context.publicUrl}/api/v2/uploads/${id}?ticket=${context.attachments.ticket('upload', id)}`;
    // Clients take an answer without headers for one to a download (§8)
    const headers = { 'x-amz-tagging': `attachment=${id}` };
    connection.send(presignedUrl({ attachmentId: id, headers, url }, tracingId));
  } catch (cause) {
    if (!(cause instanceof Fault) || !request.errorsAsJson) throw cause;
    const attachmentId = request.attachmentId ?? newId();
    const error = { attachmentId, errorCode: cause.status, errorMessage: cause.message };
    connection.send(generateUrlError(error, tracingId));
  }
};

function announce(
  context: WebContext,
  connection: Connection,
  owner: string,
  { attachmentId, fileName, fileType, fileSize }: OnAttachmentRequest,
) {
  const { attachments } = deploymentOf(context, connection).configuration;
  const file = {
    fileName,
    ...(attachmentId && { id: attachmentId }),
    ...(fileType && { fileType: fileType.toLowerCase() }),
    ...(fileSize != null && { fileSize }),
  };
  return context.attachments.announce(owner, file, {
    fileTypes: attachments.enabled ? attachments.fileTypes : [],
    maxBytes: attachments.maxFileSizeKB * 1024,
  });
}
