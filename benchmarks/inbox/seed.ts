// A company at work: open conversations in many queues, closed ones behind them, and everybody who ever wrote.
import type pg from 'pg';

export interface Company {
  conversations: number;
  closed: number;
  contacts: number;
  queueIds: string[];
  agentId: string;
  deploymentId: string;
}

/** How many conversations the measured agent has in hand. */
const IN_HAND = 20;
const OTHER_AGENTS = 500;
/** Messages and other entries of a conversation. */
const ENTRIES = 8;

/** Straight into the tables, by `insert … select generate_series`. */
export async function seed(database: pg.Client, company: Company): Promise<void> {
  await insertContacts(database, company.contacts);
  await insertConversations(database, company);
  await insertEntries(database);
  await insertReadMarks(database, company.agentId);
  await database.query('vacuum analyze');
}

const insertContacts = (database: pg.Client, count: number) =>
  database.query(
    `insert into contacts (id, name, email, proven_at, created_at, changed_at)
     select md5('contact' || n)::uuid, 'Person ' || n, 'person' || n || '@example.com', 0, 0, 0
     from generate_series(1, $1::int) n`,
    [count],
  );

async function insertConversations(database: pg.Client, company: Company): Promise<void> {
  const { conversations, closed, queueIds, agentId, deploymentId } = company;
  await database.query(
    `insert into conversations (id, last_seq, last_at, customer_seq, identity_state, state, owner_key,
       channel, deployment_id, workstream_id, queue_id, priority, assignee_id, offered_to_id,
       capacity, contact_id, customer_name, identity, context, opened_at, changed_at, link)
     select gen_random_uuid(), $1, at + 60000, $1, identity, state, 'seed:' || n, 'web', $2, $2,
       ($3::text[])[1 + n % cardinality($3::text[])], n % 7,
       case when n <= $4 then $5 when state in ('active', 'wrap-up', 'closed')
            then md5('agent' || n % $6)::uuid::text end,
       case when state = 'offered' then md5('agent' || n % $6)::uuid::text end,
       1, md5('contact' || n)::uuid::text, 'Person ' || n, json_build_object('state', identity), '[]', at, at, ''
     from (
       select n, (extract(epoch from now()) * 1000)::bigint - n * 1000 as at,
         (array['anonymous', 'claimed', 'verified', 'verified', 'lapsed'])[1 + (n / 3) % 5] as identity,
         case when n > $7 then 'closed' when n <= $4 then 'active'
              else (array['waiting', 'waiting', 'offered', 'active', 'active', 'active', 'active',
                          'active', 'active', 'wrap-up'])[1 + (n / 11) % 10] end as state
       from generate_series(1, $7 + $8::int) n) one`,
    [ENTRIES, deploymentId, queueIds, IN_HAND, agentId, OTHER_AGENTS, conversations, closed],
  );
}

/** Customer and agent in turn; what is waiting or closed counts alike. */
const insertEntries = (database: pg.Client) =>
  database.query(
    `insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
       identity_state, text, link)
     select c.id, seq, seq, c.opened_at + seq, gen_random_uuid(), gen_random_uuid(), 'message',
       case when seq % 2 = 1 then 'customer' else 'agent' end, c.identity_state,
       'A message of ordinary length, number ' || seq, ''
     from conversations c cross join generate_series(1, $1::int) seq where c.state <> 'closed'`,
    [ENTRIES],
  );

const insertReadMarks = (database: pg.Client, agentId: string) =>
  database.query(
    `insert into read_marks (agent_id, conversation_id, seq)
     select $1, id, 1 + (random() * 6)::int from conversations
     where state <> 'closed' and random() < 0.3`,
    [agentId],
  );
