import type { Attachments } from '../../attachments/index.ts';
import type { AppleAccount } from '../../configuration/index.ts';
import { Fault, type Outbound } from '../../platform/index.ts';
import { encryptAttachment } from './attachment-cipher.ts';
import type { Gateway, GatewayOutcome } from './gateway.ts';
import { mapOf } from './read-message.ts';

export interface SendFileParts {
  attachments: Pick<Attachments, 'content'>;
  gateway: Pick<Gateway, 'call'>;
  outbound: Pick<Outbound, 'send'>;
}

const UPLOAD_TIMEOUT_MS = 60_000;
/** Slots for an upload are short-lived: so often another is asked for (§5.2). */
const SLOTS = 3;
const [NOT_FOUND, BAD_GATEWAY] = [404, 502];
const MAX_ANSWER_BYTES = 64 * 1024;

type Uploaded = { body: Record<string, unknown> } | Exclude<GatewayOutcome, { outcome: 'sent' }>;

/** Uploads a file under a key of its own and answers the message that names it (§5.2). */
export async function uploadFile(
  account: AppleAccount,
  attachmentId: string,
  { attachments, gateway, outbound }: SendFileParts,
): Promise<Uploaded> {
  const file = await attachments.content(attachmentId);
  if (!file) return { outcome: 'failed', status: NOT_FOUND };
  const { key, bytes } = encryptAttachment(file.bytes);
  for (let slot = 1; slot <= SLOTS; slot += 1) {
    const place = await askForPlace(account, bytes.length, gateway);
    if ('outcome' in place) return place;
    const put = await upload(place.uploadUrl, bytes, outbound);
    if ('checksum' in put) {
      const attachment = {
        name: file.record.fileName,
        mimeType: file.record.mediaType,
        // A text: the gateway takes no number here
        size: String(bytes.length),
        'signature-base64': put.checksum,
        ...{ url: place.url, owner: place.owner, key },
      };
      return { body: { type: 'text', body: '\ufffc', attachments: [attachment] } };
    }
    const isSlotGone = put.status !== null && put.status >= 400 && put.status < 500;
    if (!isSlotGone) return { outcome: 'retry', status: put.status };
  }
  return { outcome: 'failed', status: BAD_GATEWAY };
}

interface Place {
  uploadUrl: string;
  url: string;
  owner: string;
}

async function askForPlace(
  account: AppleAccount,
  size: number,
  gateway: Pick<Gateway, 'call'>,
): Promise<Place | Exclude<GatewayOutcome, { outcome: 'sent' }>> {
  const headers = { size: String(size), 'mmcs-size': String(size) };
  const answer = await gateway.call(account, { method: 'GET', path: '/preUpload', headers });
  if (answer.outcome !== 'sent') return answer;
  const {
    'upload-url': uploadUrl,
    'mmcs-url': url,
    'mmcs-owner': owner,
  } = mapOf(answer.body) ?? {};
  const isWhole =
    typeof uploadUrl === 'string' && typeof url === 'string' && typeof owner === 'string';
  return isWhole ? { uploadUrl, url, owner } : { outcome: 'retry', status: null };
}

/** Without our token: the address is on another host (§2.1). */
async function upload(
  url: string,
  bytes: Buffer,
  outbound: Pick<Outbound, 'send'>,
): Promise<{ checksum: string } | { status: number | null }> {
  try {
    const answer = await outbound.send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
      timeoutMs: UPLOAD_TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (answer.status !== 200) return { status: answer.status };
    const checksum = checksumOf(answer.bytes);
    return checksum === null ? { status: null } : { checksum };
  } catch (cause) {
    if (cause instanceof Fault) return { status: null };
    throw cause;
  }
}

function checksumOf(bytes: Uint8Array): string | null {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const checksum = mapOf(mapOf(answer)?.singleFile)?.fileChecksum;
    return typeof checksum === 'string' ? checksum : null;
  } catch {
    return null;
  }
}
