import type { AttachmentRecord } from './records.ts';

export { attachmentContent, type StoredAttachment } from './attachment-content.ts';
export { type AttachmentsParts, createAttachments } from './create-attachments.ts';
export { BLOCKED_EXTENSIONS } from './file-name.ts';
export { attachmentMigrations } from './migrations.ts';
export type { AttachmentRecord } from './records.ts';

/** What a messenger accepts. */
export interface AttachmentLimits {
  /** Media types such as `image/*`; none: no files. */
  fileTypes: string[];
  maxBytes: number;
}

export interface AnnouncedFile {
  /** The client's own id; without one it is made here. */
  id?: string;
  fileName: string;
  fileType?: string;
  fileSize?: number;
}

/** What became of an upload. `code` is the Guest API's (§10). */
export type UploadOutcome =
  | { ok: true; record: AttachmentRecord }
  | { ok: false; record: AttachmentRecord; code: number; message: string };

/**
 * Files that customers send. A file is announced, uploaded once to a signed URL, looked into, and may then
 * be named in one message; its bytes are in the database and leave it only as a download.
 * Faults carry the Guest API's code as status (§10): 4000–4005, 4008–4010, 4102.
 */
export interface Attachments {
  announce(owner: string, file: AnnouncedFile, limits: AttachmentLimits): Promise<AttachmentRecord>;
  /** `ticket` as in the upload URL. Fault `forbidden` 403: not this file's, or its time is over. */
  upload(id: string, ticket: string, bytes: Buffer): Promise<UploadOutcome>;
  /** What a message of this owner names: uploaded and found in order. From then on it is kept. */
  take(owner: string, ids: string[]): Promise<AttachmentRecord[]>;
  /** Of this owner. */
  read(owner: string, id: string): Promise<AttachmentRecord>;
  /** An uploaded or announced file that is in no message. */
  remove(owner: string, id: string): Promise<void>;
  /** The bytes; null: unknown, not uploaded, or refused. */
  content(id: string): Promise<{ record: AttachmentRecord; bytes: Buffer } | null>;
  /** A ticket to upload or download this file for ten minutes. */
  ticket(purpose: 'upload' | 'download', id: string): string;
  /** Fault `forbidden` 403. */
  mustBeTicket(purpose: 'upload' | 'download', id: string, ticket: string): void;
  /** Forgets what was announced or uploaded a day ago and never sent. */
  sweep(): Promise<void>;
}
