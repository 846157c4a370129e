import { type Kysely, type SelectType, sql } from 'kysely';
import type { Database } from '../platform/index.ts';
import type { AttachmentRecord } from './records.ts';

interface AttachmentsTable {
  id: string;
  owner: string;
  state: AttachmentRecord['state'];
  file_name: string;
  media_type: string;
  size: number | null;
  sha256: string | null;
  file_types: string[];
  max_bytes: number;
  sent: boolean;
  created_at: number;
  content: Buffer | null;
}
type Tables = { attachments: AttachmentsTable };
type Row = { [K in keyof Omit<AttachmentsTable, 'content'>]: SelectType<AttachmentsTable[K]> };

const COLUMNS = [
  'id',
  'owner',
  'state',
  'file_name',
  'media_type',
  'size',
  'sha256',
  'file_types',
  'max_bytes',
  'sent',
  'created_at',
] as const;

const toRecord = (row: Row): AttachmentRecord & { sent: boolean } => ({
  id: row.id,
  owner: row.owner,
  state: row.state,
  fileName: row.file_name,
  mediaType: row.media_type,
  size: row.size,
  sha256: row.sha256,
  fileTypes: row.file_types,
  maxBytes: row.max_bytes,
  sent: row.sent,
});

export function attachmentStore(database: Database) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    /** False: there is one of this id. */
    async insert(record: AttachmentRecord, now: number): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('attachments')
        .values({
          id: record.id,
          owner: record.owner,
          state: record.state,
          file_name: record.fileName,
          media_type: record.mediaType,
          size: null,
          sha256: null,
          file_types: record.fileTypes,
          max_bytes: record.maxBytes,
          sent: false,
          created_at: now,
          content: null,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async waitingOf(owner: string): Promise<number> {
      const row = await db
        .selectFrom('attachments')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('owner', '=', owner)
        .where('sent', '=', false)
        .executeTakeFirstOrThrow();
      return row.count;
    },

    async read(id: string) {
      const row = await db
        .selectFrom('attachments')
        .select(COLUMNS)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    /** Only the first upload counts; null: there was one. Refused bytes are not kept. */
    async upload(
      id: string,
      found: Pick<AttachmentRecord, 'state' | 'mediaType' | 'size' | 'sha256'>,
      bytes: Buffer,
    ) {
      const row = await db
        .updateTable('attachments')
        .set({
          state: found.state,
          media_type: found.mediaType,
          size: found.size,
          sha256: found.sha256,
          content: found.state === 'ready' ? bytes : null,
        })
        .where('id', '=', id)
        .where('state', '=', 'awaiting')
        .returning(COLUMNS)
        .executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    async markSent(owner: string, ids: string[]): Promise<void> {
      await db
        .updateTable('attachments')
        .set({ sent: true })
        .where('id', 'in', ids)
        .where('owner', '=', owner)
        .execute();
    },

    async remove(owner: string, id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('attachments')
        .where('id', '=', id)
        .where('owner', '=', owner)
        .where('sent', '=', false)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    },

    async content(id: string): Promise<Buffer | null> {
      const row = await db
        .selectFrom('attachments')
        .select('content')
        .where('id', '=', id)
        .where('state', '=', 'ready')
        .executeTakeFirst();
      return row?.content ?? null;
    },

    async forgetUnsent(before: number): Promise<void> {
      await db
        .deleteFrom('attachments')
        .where('sent', '=', false)
        .where('created_at', '<', before)
        .execute();
    },
  };
}
