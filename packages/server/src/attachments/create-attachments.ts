import { hash } from 'node:crypto';
import { type Clock, type Database, Fault, newId, type Seal } from '../platform/index.ts';
import { fileFault, mustBeFileName } from './file-name.ts';
import type { AnnouncedFile, AttachmentLimits, Attachments, UploadOutcome } from './index.ts';
import { inspectFile } from './inspect-file.ts';
import type { AttachmentRecord } from './records.ts';
import { attachmentStore } from './store.ts';
import { createTickets } from './tickets.ts';

export interface AttachmentsParts {
  database: Database;
  seal: Seal;
  clock: Clock;
}

const UNSENT_MS = 24 * 3_600_000;
/** Of one session, announced or uploaded and in no message. */
const MAX_UNSENT = 20;
const MAX_ID_LENGTH = 128;

export function createAttachments({ database, seal, clock }: AttachmentsParts): Attachments {
  const store = attachmentStore(database);
  const tickets = createTickets(seal.derive('attachments'), clock);
  return {
    announce,
    upload,
    take,
    read: (owner, id) => mine(owner, id),
    async remove(owner, id) {
      if (!(await store.remove(owner, id))) throw unknown();
    },
    async content(id) {
      const record = await store.read(id);
      const bytes = record && (await store.content(id));
      return record && bytes ? { record, bytes } : null;
    },
    ticket: tickets.issue,
    mustBeTicket,
    sweep: () => store.forgetUnsent(clock.now() - UNSENT_MS),
  };

  async function announce(owner: string, file: AnnouncedFile, limits: AttachmentLimits) {
    const { fileTypes, maxBytes } = limits;
    if (fileTypes.length === 0)
      throw fileFault('attachments_off', 4000, 'Attachments are not available for this messenger');
    mustBeFileName(file.fileName);
    if (file.fileType !== undefined) mustBeAllowed(file.fileType, fileTypes);
    if (file.fileSize !== undefined) mustBeSize(file.fileSize, maxBytes);
    if ((await store.waitingOf(owner)) >= MAX_UNSENT)
      throw fileFault('too_many_files', 4000, 'Send the files that are ready first.');
    const record: AttachmentRecord = {
      id: file.id ?? newId(),
      owner,
      state: 'awaiting',
      fileName: file.fileName,
      mediaType: file.fileType ?? 'application/octet-stream',
      size: null,
      sha256: null,
      fileTypes,
      maxBytes,
    };
    if (record.id.length > MAX_ID_LENGTH || !/^[\w-]+$/.test(record.id))
      throw fileFault('malformed', 400, 'attachmentId is not usable');
    if (!(await store.insert(record, clock.now())))
      throw fileFault('malformed', 400, 'attachmentId is taken');
    return record;
  }

  async function upload(id: string, ticket: string, bytes: Buffer): Promise<UploadOutcome> {
    mustBeTicket('upload', id, ticket);
    const announced = await store.read(id);
    if (announced?.state !== 'awaiting') throw forbidden();
    const outcome = await judge(announced, bytes);
    const found = {
      state: 'code' in outcome ? ('refused' as const) : ('ready' as const),
      mediaType: 'code' in outcome ? announced.mediaType : outcome.mediaType,
      size: bytes.length,
      sha256: hash('sha256', bytes, 'hex'),
    };
    const record = await store.upload(id, found, bytes);
    if (!record) throw forbidden();
    return 'code' in outcome ? { ok: false, record, ...outcome } : { ok: true, record };
  }

  async function take(owner: string, ids: string[]): Promise<AttachmentRecord[]> {
    const records = await Promise.all(ids.map((id) => mine(owner, id)));
    for (const { state } of records) {
      if (state !== 'ready')
        throw fileFault('attachment_not_uploaded', 4010, 'Attachment was not uploaded');
    }
    await store.markSent(owner, ids);
    return records;
  }

  /** Foreign and unknown files answer alike (invariant 8). */
  async function mine(owner: string, id: string) {
    const record = await store.read(id);
    if (record?.owner !== owner) throw unknown();
    return record;
  }

  function mustBeTicket(purpose: 'upload' | 'download', id: string, ticket: string): void {
    if (!tickets.isValid(purpose, id, ticket)) throw forbidden();
  }
}

type Judgement = { mediaType: string } | { code: number; message: string };

async function judge(announced: AttachmentRecord, bytes: Buffer): Promise<Judgement> {
  try {
    mustBeSize(bytes.length, announced.maxBytes);
    const found = await inspectFile(bytes);
    if ('refused' in found) return { code: 4003, message: found.refused };
    if (!isTextOf(announced, found.mediaType)) mustMatch(announced, found.mediaType);
    mustBeAllowed(found.mediaType, announced.fileTypes);
    return found;
  } catch (cause) {
    if (cause instanceof Fault) return { code: cause.status, message: cause.message };
    throw cause;
  }
}

/** Every kind of text looks the same from inside. */
const isTextOf = ({ mediaType }: AttachmentRecord, found: string): boolean =>
  found === 'text/plain' && mediaType.startsWith('text/');

/** A file announced as one kind must be that kind; one without a kind may be any that is allowed. */
function mustMatch({ mediaType }: AttachmentRecord, found: string): void {
  if (mediaType === 'application/octet-stream' || kindOf(mediaType) === kindOf(found)) return;
  throw fileFault('content_differs', 4003, `The file is not ${mediaType}, as was said.`);
}

/** `image/jpg` and `image/jpeg`, an `audio` in one container or the other. */
const kindOf = (mediaType: string): string =>
  /^(image|audio|video)\//.test(mediaType) ? (mediaType.split('/')[0] ?? '') : mediaType;

function mustBeAllowed(mediaType: string, fileTypes: string[]): void {
  const [kind = ''] = mediaType.split('/');
  if (fileTypes.includes(mediaType) || fileTypes.includes(`${kind}/*`) || fileTypes.includes('*/*'))
    return;
  throw fileFault('type_not_allowed', 4001, `Files of the type ${mediaType} cannot be sent.`);
}

function mustBeSize(bytes: number, maxBytes: number): void {
  if (bytes <= 0) throw fileFault('file_empty', 4102, 'The file is empty.');
  if (bytes > maxBytes)
    throw fileFault(
      'file_too_large',
      4002,
      `The file is larger than ${Math.floor(maxBytes / 1024)} KB.`,
    );
}

const unknown = () => fileFault('attachment_not_found', 4009, 'Attachment not found');
const forbidden = () => new Fault('forbidden', 403, 'This address is not valid, or no longer.');
