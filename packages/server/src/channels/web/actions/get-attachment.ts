import { AttachmentRequest, GuestErrorCode } from '@countersign/protocol';
import { Fault } from '../../../platform/index.ts';
import { type Action, roomOf } from '../context.ts';
import { fileLinks } from '../file-links.ts';
import { presignedUrl } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(AttachmentRequest);

/** Another address of a file, since addresses run out (§8). */
export const getAttachment: Action = async (context, connection, { value, tracingId }) => {
  const { token, attachmentId } = read(value);
  const owner = roomOf(connection, token).session.id;
  const { id, state, fileName, mediaType, size } = await context.attachments.read(
    owner,
    attachmentId,
  );
  if (state !== 'ready' || size === null)
    throw new Fault(
      'attachment_not_uploaded',
      GuestErrorCode.attachmentNotUploaded,
      'Attachment was not uploaded',
    );
  const url = fileLinks(context).download(id);
  const file = { fileName, fileType: mediaType, fileSize: size };
  connection.send(presignedUrl({ attachmentId: id, headers: {}, url, ...file }, tracingId));
};
