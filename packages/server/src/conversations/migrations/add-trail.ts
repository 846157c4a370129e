/** Gives every entry its link, those that are there already too (`trail/link.ts`). */
import { type Kysely, sql } from 'kysely';
import { contentHash, type HashedContent } from '../trail/content-hash.ts';
import { type LinkedPlace, nextLink } from '../trail/link.ts';

/** Entries read and written at once. */
const PAGE = 2000;

export async function addTrail(db: Kysely<unknown>): Promise<void> {
  await sql`alter table conversations add column link bytea`.execute(db);
  await sql`alter table entries add column link bytea`.execute(db);
  await sql`update conversations set link = sha256(uuid_send(id))`.execute(db);
  let last: Pick<OldEntry, 'conversationId' | 'seq'> | undefined;
  const heads = new Map<string, Buffer>();
  do {
    const page = await readAfter(db, last);
    last = page.length === PAGE ? page.at(-1) : undefined;
    await writeLinks(db, page, heads);
    // A conversation that the next page goes on with still needs its head
    for (const id of heads.keys()) if (id !== last?.conversationId) heads.delete(id);
  } while (last);
  await sql`alter table conversations alter column link set not null`.execute(db);
  await sql`alter table entries alter column link set not null`.execute(db);
}

type OldEntry = HashedContent & LinkedPlace & { conversationId: string; firstLink: Buffer };

async function readAfter(
  db: Kysely<unknown>,
  last: Pick<OldEntry, 'conversationId' | 'seq'> | undefined,
): Promise<OldEntry[]> {
  const after = last ?? { conversationId: '00000000-0000-0000-0000-000000000000', seq: 0 };
  const { rows } = await sql<OldEntry>`
    select conversation_id as "conversationId", seq, e.at, e.identity_state as "identityState", e.id,
           kind, role, sender_id as "senderId", sender_name as "senderName", client_id as "clientId",
           text, coalesce(content, '[]') as content, data,
           sha256(uuid_send(conversation_id)) as "firstLink"
    from entries e
    where (conversation_id, seq) > (${after.conversationId}::uuid, ${after.seq}::int)
    order by conversation_id, seq limit ${PAGE}`.execute(db);
  return rows;
}

async function writeLinks(
  db: Kysely<unknown>,
  page: OldEntry[],
  heads: Map<string, Buffer>,
): Promise<void> {
  const links = page.map((entry) => {
    const before = heads.get(entry.conversationId) ?? entry.firstLink;
    const link = nextLink(before, contentHash(entry), entry);
    heads.set(entry.conversationId, link);
    return link;
  });
  await sql`
    update entries e set link = new.link
    from unnest(${page.map(({ conversationId }) => conversationId)}::uuid[],
                ${page.map(({ seq }) => seq)}::int[], ${links}::bytea[]) as new (id, seq, link)
    where e.conversation_id = new.id and e.seq = new.seq`.execute(db);
  await sql`
    update conversations c set link = new.link
    from unnest(${[...heads.keys()]}::uuid[], ${[...heads.values()]}::bytea[]) as new (id, link)
    where c.id = new.id`.execute(db);
}
