import type { AppleAccount } from '../../configuration/index.ts';
import { Fault, type Outbound } from '../../platform/index.ts';
import { decryptAttachment, isAttachmentKey } from './attachment-cipher.ts';
import type { Gateway } from './gateway.ts';
import { mapOf } from './read-message.ts';
import type { BlobReference } from './read-reference.ts';

/** §14. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 60_000;

export type Fetched = { bytes: Buffer } | { problem: string; again: boolean };

/** Gets and opens what lies at Apple (§4.2, steps 2 to 5). `again`: it may go well another time. */
export async function fetchBlob(
  account: AppleAccount,
  blob: BlobReference,
  { gateway, outbound }: { gateway: Pick<Gateway, 'call'>; outbound: Pick<Outbound, 'send'> },
): Promise<Fetched> {
  if (!isAttachmentKey(blob.key)) return { problem: 'its key is damaged', again: false };
  if (blob.size > MAX_FILE_BYTES) return { problem: 'it is larger than 100 MB', again: false };
  // Documentation and sample programs spell the headers differently (§15, question 6)
  const { url, signature, owner } = blob;
  const asked = await gateway.call(account, {
    method: 'GET',
    path: '/preDownload',
    headers: {
      ...{ url, signature, owner },
      ...{ 'mmcs-url': url, 'mmcs-signature': signature, 'mmcs-owner': owner },
    },
  });
  if (asked.outcome !== 'sent') return unanswered(asked.outcome === 'retry', asked.status);
  const download = mapOf(asked.body)?.['download-url'];
  if (typeof download !== 'string') return { problem: 'Apple named no address', again: true };
  const encrypted = await downloaded(download, blob.size, outbound);
  if ('problem' in encrypted) return encrypted;
  const bytes = decryptAttachment(encrypted.bytes, blob.key);
  return bytes ? { bytes } : { problem: 'its key is damaged', again: false };
}

/** Without our token: the address is on another host (§2.1). */
async function downloaded(
  url: string,
  size: number,
  outbound: Pick<Outbound, 'send'>,
): Promise<Fetched> {
  try {
    const { status, bytes } = await outbound.send(url, {
      method: 'GET',
      headers: {},
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
      maxBytes: size,
    });
    if (status !== 200) return unanswered(true, status);
    if (bytes.length !== size) return { problem: 'it came incomplete', again: true };
    return { bytes: Buffer.from(bytes) };
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const again = cause.code === 'outbound_timeout' || cause.code === 'outbound_failed';
    return { problem: `it could not be fetched (${cause.code})`, again };
  }
}

const unanswered = (again: boolean, status: number | null): Fetched => ({
  problem: status === null ? 'Apple did not answer' : `Apple answered with ${status}`,
  again,
});
