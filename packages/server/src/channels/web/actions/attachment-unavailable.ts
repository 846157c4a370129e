import { AttachmentRequest, GuestErrorCode } from '@countersign/protocol';
import { Fault, newId } from '../../../platform/index.ts';
import { type Action, roomOf } from '../context.ts';
import { generateUrlError } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(AttachmentRequest);
const UNAVAILABLE = 'Attachments are not available for this messenger';

/** onAttachment, getAttachment, deleteAttachment while a messenger takes no files (§8, §10). */
export const attachmentUnavailable: Action = (_context, connection, { value, tracingId }) => {
  const { token, attachmentId, errorsAsJson } = read(value);
  roomOf(connection, token);
  const errorCode = GuestErrorCode.featureUnavailable;
  if (!errorsAsJson) throw new Fault('attachments_off', errorCode, UNAVAILABLE);
  const error = { attachmentId: attachmentId ?? newId(), errorCode, errorMessage: UNAVAILABLE };
  connection.send(generateUrlError(error, tracingId));
};
