import type { Business } from '../business.ts';
import { base64 } from '../crypto/bytes.ts';
import type { GatewayState } from '../gateway-state.ts';
import { Refusal } from '../refusal.ts';
import { decodePayload } from '../webhook/large-payload.ts';
import type { Answer } from './answer.ts';
import { type Call, eitherHeader, headerOf } from './call.ts';

const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** `GET /preUpload` (§5.2). */
export async function openUpload(state: GatewayState, call: Call): Promise<Answer> {
  const size = eitherHeader(call, 'mmcs-size', 'size');
  if (size === undefined || !/^[1-9]\d*$/.test(size))
    throw new Refusal('17.1.5', 400, 'slot_size_missing', 'MMCS-Size is not a number of bytes');
  if (Number(size) > MAX_FILE_BYTES)
    throw new Refusal('17.1.5', 400, 'slot_too_large', `${size} bytes are over 100 MB`);
  return { status: 200, json: state.blobs.openSlot(Number(size)) };
}

/** `GET /preDownload` (§4.2). */
export async function openDownload(state: GatewayState, call: Call): Promise<Answer> {
  const url = eitherHeader(call, 'mmcs-url', 'url');
  const owner = eitherHeader(call, 'mmcs-owner', 'owner');
  const signature = eitherHeader(call, 'mmcs-signature', 'signature');
  const blob = state.blobs.find(url, owner);
  if (!blob) throw new Refusal('17.1.5', 404, 'attachment_unknown', 'no file has this url, owner');
  if (signature !== blob.checksum) {
    const detail = 'the signature is not the Base64 form of the one in the message';
    throw new Refusal('17.1.5', 400, 'attachment_checksum_differs', detail);
  }
  return { status: 200, json: { 'download-url': state.blobs.downloadUrl(blob) } };
}

/** `POST /decodePayload` (§4.4). */
export async function answerDecode(
  state: GatewayState,
  call: Call,
  _business: Business,
): Promise<Answer> {
  const bid = headerOf(call, 'bid');
  if (bid === undefined)
    throw new Refusal('17.1.2', 400, 'header_missing', 'there is no bid header');
  const decoded = decodePayload(call.bytes);
  if (!decoded || decoded.bid !== bid) {
    const detail = `not a payload of ${bid}: ${base64(call.bytes.slice(0, 12))}…`;
    throw new Refusal('17.1.5', 400, 'payload_not_decodable', detail);
  }
  const json = state.decodeAnswer === 'wrapped' ? { interactiveData: decoded } : decoded;
  return { status: 200, json };
}

/** Fills an upload slot; Apple's blob hosts want no Authorization (§2.1). */
export async function answerUpload(
  state: GatewayState,
  call: Call,
  token: string,
): Promise<Answer> {
  noteAuthorization(state, call);
  const fileChecksum = await state.blobs.fill(token, call.bytes);
  return { status: 200, json: { singleFile: { fileChecksum } } };
}

export async function answerDownload(
  state: GatewayState,
  call: Call,
  token: string,
): Promise<Answer> {
  noteAuthorization(state, call);
  return { status: 200, bytes: state.blobs.download(token) };
}

function noteAuthorization(state: GatewayState, call: Call): void {
  if (headerOf(call, 'authorization') === undefined) return;
  const detail = `the provider's token went to the blob host (${call.path})`;
  const code = 'authorization_sent_to_blob_host';
  state.journal.violate({ row: '2.1', code, detail, id: undefined });
}
