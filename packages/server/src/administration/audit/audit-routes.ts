import { AuditAction, AuditEntry, Section } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import type { Database, Http } from '../../platform/index.ts';
import { type Identify, requireRole } from '../identify.ts';
import { auditCsv } from './audit-csv.ts';
import { type AuditFilter, readAudit } from './audit-store.ts';

const tags = ['Audit'];
const CSV_LINES = 100_000;
const CSV_PAGE = 1_000;

const Time = Type.String({ format: 'date-time' });
const Filter = Type.Object({
  section: Type.Optional(Section),
  object: Type.Optional(Type.String({ maxLength: 64, description: 'id' })),
  actor: Type.Optional(Type.String({ maxLength: 256, description: 'part of the name' })),
  action: Type.Optional(AuditAction),
  from: Type.Optional(Time),
  to: Type.Optional(Time),
});

export interface AuditRouteParts {
  http: Http;
  identify: Identify;
  database: Database;
}

/** Who changed what, the newest first. */
export function auditRoutes({ http, identify, database }: AuditRouteParts): void {
  const read = async (filter: AuditFilter, page: { limit: number; before?: string }) => {
    const rows = await readAudit(database.kysely, filter, page);
    return rows.map((row): AuditEntry => ({ ...row, at: row.at.toISOString() }));
  };

  http.get(
    '/api/audit',
    {
      schema: {
        tags,
        querystring: Type.Object({
          ...Filter.properties,
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
          cursor: Type.Optional(Type.String({ format: 'uuid' })),
        }),
        response: {
          200: Type.Object({ items: Type.Array(AuditEntry), next: Type.Optional(Type.String()) }),
        },
      },
    },
    async (request) => {
      await requireRole(identify, request, ['administrator']);
      const { limit, cursor, ...filter } = request.query;
      const page = { limit: limit + 1, ...(cursor === undefined ? {} : { before: cursor }) };
      const rows = await read(filterOf(filter), page);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, ...(last && rows.length > limit ? { next: last.id } : {}) };
    },
  );

  http.get('/api/audit.csv', { schema: { tags, querystring: Filter } }, async (request, reply) => {
    await requireRole(identify, request, ['administrator']);
    const filter = filterOf(request.query);
    const entries: AuditEntry[] = [];
    let before: string | undefined;
    do {
      const page = { limit: CSV_PAGE, ...(before === undefined ? {} : { before }) };
      const rows = await read(filter, page);
      entries.push(...rows);
      before = rows.length === CSV_PAGE ? rows.at(-1)?.id : undefined;
    } while (before !== undefined && entries.length < CSV_LINES);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .send(auditCsv(entries));
  });
}

function filterOf({ from, to, ...filter }: Static<typeof Filter>): AuditFilter {
  return {
    ...filter,
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}
