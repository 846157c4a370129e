/**
 * A batch of one, as most are while there is little to do: the same as `append-batch.ts` without arrays,
 * for a third less work.
 */
import type { IdentityState } from '@countersign/protocol';
import type pg from 'pg';
import { entryAt, type NewEntry } from '../new-entry.ts';
import type { Appended } from './append-batch.ts';
import { identityState, linkOf } from './linked-entry.ts';

/** `state || ''`: see `append-batch.ts`. */
const STATEMENT = `
  with bumped as (
    update conversations c
    set last_seq = c.last_seq + 1,
        last_at = greatest($2::bigint, c.last_at + 1),
        customer_seq = c.customer_seq + $3::int,
        link = ${linkOf('c', 'greatest($2::bigint, c.last_at + 1)')}
    from (select $14::bytea as content_hash, $15::bool as lapsed) i
    where c.id = $1 and c.state || '' <> 'closed'
    returning c.id, c.last_seq as seq, c.last_at as at, c.customer_seq, c.link,
              ${identityState('c')} as identity_state
  ),
  inserted as (
    insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
                         identity_state, sender_id, sender_name, client_id, text, content, data, link)
    select b.id, b.seq, case when $3::int = 1 then b.customer_seq end, b.at, $4::uuid, $5::uuid, $6, $7,
           b.identity_state, $8, $9, $10, $11, $12::json, $13::json, b.link
    from bumped b
  )
  select seq, at, identity_state from bumped`;

type ResultRow = [seq: number, at: number, identityState: IdentityState];

/** Null: closed or unknown. Throws as `appendBatch`. */
export async function appendOne(
  client: pg.Client,
  entry: NewEntry,
  now: number,
): Promise<Appended | null> {
  const { rows } = await client.query<ResultRow>({
    name: 'append-one',
    text: STATEMENT,
    rowMode: 'array',
    values: [
      ...[entry.conversationId, now, entry.customerVisible ? 1 : 0, entry.id, entry.dedupe],
      ...[entry.kind, entry.role, entry.senderId, entry.senderName, entry.clientId],
      ...[
        entry.text,
        entry.contentJson,
        entry.dataJson,
        Buffer.from(entry.contentHash, 'hex'),
        entry.lapsed,
      ],
    ],
  });
  if (!rows[0]) return null;
  const [seq, at, identityState] = rows[0];
  return { entry: entryAt(entry, { seq, at, identityState }), repeated: false };
}
