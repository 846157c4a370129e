/** Rows that were written before there was a chain get their links. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import { conversationMigrations, createConversations } from '../../src/conversations/index.ts';
import {
  type Database,
  localBus,
  newId,
  openDatabase,
  systemClock,
} from '../../src/platform/index.ts';
import { exportOf, message, verify } from './log-under-test.ts';

const log = pino({ level: 'silent' });
/** More than the migration reads at once. */
const LONG = 4500;

let dataDir: string;
let database: Database;
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cs-trail-'));
  database = await openDatabase({ dataDir, log });
});
after(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** As the first version wrote them: without links. */
async function writeOld(entries: number): Promise<string> {
  const id = newId();
  await database.pool.query(
    `insert into conversations (id, last_seq, last_at, customer_seq, identity_state, state, owner_key,
       channel, deployment_id, workstream_id, capacity, identity, context, opened_at, changed_at)
     values ($1, $2, $3, $2, 'verified', 'active', $4, 'web', 'd', 'w', 10,
       '{"state":"verified"}', '[]', 1, 1)`,
    [id, entries, 1_700_000_000_000 + entries, `session:${id}`],
  );
  const data = JSON.stringify({ setting: 'Shop', '10': '\ud800', '9': 1e21, subject: 'u-1' });
  await database.pool.query(
    `insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
       identity_state, sender_name, text, content, data)
     select $1, n, n, 1700000000000 + n, gen_random_uuid(), gen_random_uuid(),
            case n when 1 then 'signed-in' else 'message' end, 'customer', 'verified', 'Ada “Ng”',
            case when n > 1 then 'Message ' || n end,
            case when n % 3 = 0 then '[{"a": "\\u2028", "b": [1.50, null]}]'::json end,
            case when n = 1 then $2::json end
     from generate_series(1, $3::int) n`,
    [id, data, entries],
  );
  return id;
}

test('every entry that was there gets a link, and the chain goes on from it', async () => {
  const { '2026-11-22-conversations': first } = conversationMigrations;
  assert.ok(first);
  await database.migrate([{ '2026-11-22-conversations': first }]);
  const lengths = [LONG, 0, 3, 1, 2000, 7];
  const ids: string[] = [];
  for (const entries of lengths) ids.push(await writeOld(entries));
  await database.migrate([conversationMigrations]);

  const conversations = createConversations({
    ...{ database, bus: localBus(), clock: systemClock, log },
  });
  for (const [index, id] of ids.entries()) {
    await conversations.append(message(id));
    const verdict = verify(await exportOf(conversations, id));
    // Without a sign-in nothing says why the customer of an empty conversation was verified
    const before = lengths[index] ?? 0;
    const expected = before === 0 ? ['broken', undefined] : ['whole', before + 1];
    assert.deepEqual([verdict.outcome, verdict.entries], expected);
  }
  const { rows } = await database.pool.query(
    `select count(*)::int as n from entries where link is null or length(link) <> 32`,
  );
  assert.equal(rows[0].n, 0);
  await conversations.close();
});
