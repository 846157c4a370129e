import type { AuditEntry } from '@countersign/protocol';
import { type Kysely, sql } from 'kysely';

export interface AuditFilter {
  section?: string;
  /** Id. */
  object?: string;
  /** Part of the name, in any case. */
  actor?: string;
  action?: string;
  from?: Date;
  /** Not in it. */
  to?: Date;
}

type Row = Omit<AuditEntry, 'at'> & { at: Date };

export async function insertAudit(db: Kysely<unknown>, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into audit_log
      (id, at, actor, action, via, section, object_id, object_name, before, after)
    select id, at, actor, action, via, section, "objectId", "objectName", before, after
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row
      (id uuid, at timestamptz, actor jsonb, action text, via text, section text,
       "objectId" text, "objectName" text, before jsonb, after jsonb)`.execute(db);
}

/** The newest first; `before` is the id of the last entry of the page before. */
export async function readAudit(
  db: Kysely<unknown>,
  filter: AuditFilter,
  { limit, before }: { limit: number; before?: string },
): Promise<Row[]> {
  const { section, object, actor, action, from, to } = filter;
  const conditions = [
    section === undefined ? null : sql`section = ${section}`,
    object === undefined ? null : sql`object_id = ${object}`,
    actor === undefined ? null : sql`strpos(lower(actor ->> 'name'), lower(${actor})) > 0`,
    action === undefined ? null : sql`action = ${action}`,
    from === undefined ? null : sql`at >= ${from}`,
    to === undefined ? null : sql`at < ${to}`,
    before === undefined ? null : sql`id < ${before}::uuid`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<Row>`
    select id, at, actor, action, via, section, object_id as "objectId",
           object_name as "objectName", before, after
    from audit_log where ${sql.join([sql`true`, ...conditions], sql` and `)}
    order by id desc limit ${limit}`.execute(db);
  return rows;
}
