/**
 * The identity trail of a conversation as JSON text, a page of the log at a time: an export is as large as
 * its conversation, and is never in memory whole. It ends with the entry that was the last when it began.
 */
import { TRAIL_FORMAT, type TrailConversation, type TrailEntry } from '@countersign/protocol';
import { readRow } from '../store/read-store.ts';
import type { Connection, ConversationRow } from '../store/rows.ts';
import { type LinkedEntry, linkedEntries } from '../store/trail-store.ts';
import { type IdentityOfEntry, identityWalk } from './identity-of-entries.ts';

const PAGE = 500;

/** Null: there is no such conversation. */
export async function exportTrail(
  db: Connection,
  id: string,
  now: number,
): Promise<AsyncIterable<string> | null> {
  const row = await readRow(db, id);
  return row && chunks(db, row, now);
}

async function* chunks(db: Connection, row: ConversationRow, now: number): AsyncIterable<string> {
  const head = {
    format: TRAIL_FORMAT,
    exportedAt: time(now),
    conversation: conversationOf(row),
    head: row.link.toString('hex'),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`;
  const identityOf = identityWalk();
  let after = 0;
  while (after < row.last_seq) {
    const range = { after, last: row.last_seq, limit: PAGE };
    const page = await linkedEntries(db, row.id, range);
    const last = page.at(-1)?.entry.seq;
    // A log that lacks its end is exported as it is; the verifier finds it
    if (last === undefined) break;
    const items = page.map((linked) =>
      JSON.stringify(entryOf(linked, identityOf(linked.entry).identity)),
    );
    yield `${after === 0 ? '' : ','}\n${items.join(',\n')}`;
    after = last;
  }
  yield '\n]}\n';
}

const conversationOf = (row: ConversationRow): TrailConversation => ({
  id: row.id,
  channel: row.channel,
  deployment: row.deployment_id,
  openedAt: time(row.opened_at),
  ...(row.closed_at === null ? {} : { closedAt: time(row.closed_at) }),
  identity: row.identity,
});

const entryOf = (
  { entry, link }: LinkedEntry,
  identity: IdentityOfEntry['identity'],
): TrailEntry => ({
  seq: entry.seq,
  id: entry.id,
  at: time(entry.at),
  kind: entry.kind,
  role: entry.role,
  senderId: entry.senderId,
  senderName: entry.senderName,
  clientId: entry.clientId,
  text: entry.text,
  content: entry.content,
  data: entry.data,
  identityState: entry.identityState,
  identity,
  link: link.toString('hex'),
});

const time = (ms: number): string => new Date(ms).toISOString();
