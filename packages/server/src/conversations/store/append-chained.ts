/**
 * The statement of a batch in which a conversation has several entries: it locks the conversations, walks
 * each one's entries from link to link, and writes what comes out. It keeps what `append-batch.ts` keeps, for
 * more work an entry; one commit for each entry of a burst would cost far more.
 */
import type { NewEntry } from '../new-entry.ts';
import { arrayLiteral } from './array-literal.ts';
import { identityState, KEYS, linkOf } from './linked-entry.ts';

/** Entries come in the order of their conversations' ids: `follows` says that the one before is of the same. */
export const CHAINED = `
  with recursive i as materialized (
    select t.*, ${KEYS}
    from unnest($3::uuid[], $4::int[], $5::bool[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::json[], $13::json[], $14::bool[], $15::bool[])
      with ordinality as t (conversation_id, visible, lapsed, kind, role, sender_id, sender_name,
                            client_id, body, content, data, follows, is_last, place)
  ),
  heads as materialized (
    select i.place, c.last_seq, c.last_at, c.customer_seq, c.identity_state, c.link
    from i join conversations c on c.id = i.conversation_id
    where not i.follows and c.state || '' <> 'closed'
    order by i.place
    for no key update of c
  ),
  chain (place, last_seq, at, customer_seq, identity_state, entry_state, link) as (
    select i.place, h.last_seq + 1, greatest($1::bigint, h.last_at + 1), h.customer_seq + i.visible,
           h.identity_state, ${identityState('h')},
           ${linkOf('h', 'greatest($1::bigint, h.last_at + 1)')}
    from heads h join i on i.place = h.place
    union all
    select i.place, b.last_seq + 1, b.at + 1, b.customer_seq + i.visible,
           b.identity_state, ${identityState('b')}, ${linkOf('b', 'b.at + 1')}
    from chain b join i on i.place = b.place + 1
    where i.follows
  ),
  bumped as (
    update conversations c
    set last_seq = b.last_seq, last_at = b.at, customer_seq = b.customer_seq, link = b.link
    from chain b join i on i.place = b.place
    where i.is_last and c.id = i.conversation_id
  ),
  inserted as (
    insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
                         identity_state, sender_id, sender_name, client_id, text, content, data, link)
    select i.conversation_id, b.last_seq, case when i.visible = 1 then b.customer_seq end, b.at,
           i.entry_id, i.dedupe, i.kind, i.role, b.entry_state, i.sender_id, i.sender_name, i.client_id,
           i.body, i.content, i.data, b.link
    from chain b join i on i.place = b.place
  )
  select place::int, last_seq, at, entry_state from chain`;

/** Whether a conversation has several entries in a batch that is in the order of conversations. */
export const isChained = (sorted: readonly NewEntry[]): boolean =>
  sorted.some((_, index) => isSame(sorted, index, index + 1));

/** The values of `append-batch.ts`, and where each conversation's entries begin and end. */
export const chainedValues = (sorted: NewEntry[], values: unknown[]): unknown[] => [
  ...values,
  arrayLiteral([...sorted.keys()], (index) => (isSame(sorted, index - 1, index) ? 't' : 'f')),
  arrayLiteral([...sorted.keys()], (index) => (isSame(sorted, index, index + 1) ? 'f' : 't')),
];

const isSame = (sorted: readonly NewEntry[], a: number, b: number): boolean =>
  sorted[a] !== undefined && sorted[a].conversationId === sorted[b]?.conversationId;
