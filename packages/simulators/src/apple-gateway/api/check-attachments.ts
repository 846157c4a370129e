import { OBJECT_REPLACEMENT } from '../business.ts';
import { ATTACHMENT_KEY } from '../crypto/attachment-cipher.ts';
import type { DeliveredMessage, GatewayState } from '../gateway-state.ts';
import { type Json, objectsAt, textAt } from '../json.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';

/** The files of a text (§17.1 row 5; §5.2). Throws on the first thing wrong. */
export function checkAttachments(state: GatewayState, body: Json): DeliveredMessage['files'] {
  const attachments = objectsAt(body, 'attachments');
  const positions = String(body.body ?? '').split(OBJECT_REPLACEMENT).length - 1;
  if (positions !== attachments.length) {
    const detail = `${positions} places in the text for ${attachments.length} files`;
    throw wrong('attachment_positions', detail);
  }
  const keys = attachments.map((attachment) => checkKey(state, attachment));
  if (new Set(keys).size !== keys.length)
    throw wrong('attachment_key_reused', 'two files have the same key');
  const files = attachments.map((attachment) => checkFile(state, attachment));
  for (const key of keys) state.attachmentKeys.add(key);
  return files;
}

function checkKey(state: GatewayState, attachment: Json): string {
  const key = textAt(attachment, 'key');
  if (key === undefined || !ATTACHMENT_KEY.test(key))
    throw wrong('attachment_wrong_key', 'key is not 00 and 64 hex digits');
  const normal = key.toLowerCase();
  if (state.attachmentKeys.has(normal))
    throw wrong('attachment_key_reused', 'an earlier file had the same key');
  return normal;
}

function checkFile(state: GatewayState, attachment: Json): DeliveredMessage['files'][number] {
  if (!textAt(attachment, 'name') || !textAt(attachment, 'mimeType'))
    throw wrong('attachment_without_name', 'name or mimeType is missing');
  const blob = state.blobs.find(textAt(attachment, 'url'), textAt(attachment, 'owner'));
  if (!blob) throw wrong('attachment_unknown', 'url and owner are not of an uploaded file');
  if (typeof attachment.size !== 'string')
    throw wrong('attachment_size_not_text', 'size is not a string');
  if (attachment.size !== String(blob.bytes.length))
    throw wrong('attachment_size_differs', `${attachment.size} for ${blob.bytes.length} bytes`);
  if (attachment['signature-base64'] !== blob.checksum)
    throw wrong('attachment_checksum_differs', 'signature-base64 is not the checksum issued');
  return { attachment, encrypted: blob.bytes };
}

const wrong = (code: RefusalCode, detail: string): Refusal =>
  new Refusal('17.1.5', 400, code, detail);
