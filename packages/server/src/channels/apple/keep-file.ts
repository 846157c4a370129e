import { attachmentContent, type StoredAttachment } from '../../attachments/index.ts';
import { Fault } from '../../platform/index.ts';
import { type Customer, ownerKeyOf } from './customer.ts';
import { MAX_FILE_BYTES } from './fetch-blob.ts';
import type { AppleParts } from './parts.ts';
import type { FileReference } from './read-reference.ts';

/** Apple tells no kinds that we would take or not: what a file is, its content says. */
const LIMITS = { fileTypes: ['*/*'], maxBytes: MAX_FILE_BYTES };
const EXTENSION = /\.[A-Za-z0-9]{1,10}$/;

/** Looks into a file and keeps it for the customer's conversations. `problem`: it is not kept. */
export async function keepFile(
  { attachments }: Pick<AppleParts, 'attachments'>,
  customer: Customer,
  file: FileReference,
  bytes: Buffer,
): Promise<StoredAttachment | { problem: string }> {
  try {
    const owner = ownerKeyOf(customer);
    const announced = { fileName: fileNameOf(file), fileSize: bytes.length };
    const { id } = await attachments.announce(owner, announced, LIMITS);
    const outcome = await attachments.upload(id, attachments.ticket('upload', id), bytes);
    if (!outcome.ok) return { problem: outcome.message };
    const [record] = await attachments.take(owner, [id]);
    return attachmentContent(record ?? outcome.record);
  } catch (cause) {
    if (cause instanceof Fault && cause.status !== 503) return { problem: cause.message };
    throw cause;
  }
}

/** As it was named, with the extension that its kind has where it has none. */
export function fileNameOf({ name, mimeType }: FileReference): string {
  const base = name
    .replace(/[/\\\p{Cc}\p{Bidi_Control}]/gu, '_')
    .toWellFormed()
    .slice(0, 200);
  const whole = base === '' ? 'file' : base;
  if (EXTENSION.test(whole)) return whole;
  const [, subtype = ''] = mimeType.split('/');
  const extension = /^[a-z0-9]{1,10}$/.test(subtype) ? subtype : 'bin';
  return `${whole}.${extension}`;
}
