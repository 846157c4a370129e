/**
 * A draft made ready for the log: checked, given its id, and the key under which it is written once
 * (invariant 2).
 */
import { hash } from 'node:crypto';
import type { EntryKind, Role } from '@countersign/protocol';
import { Fault, newId } from '../platform/index.ts';
import type { EntryDraft, EntryRecord } from './records.ts';
import { contentHashOf } from './trail/content-hash.ts';

export interface NewEntry {
  conversationId: string;
  id: string;
  /** 32 hexadecimal digits; unique in the log. */
  dedupe: string;
  kind: EntryKind;
  role: Role;
  senderId: string | null;
  senderName: string | null;
  clientId: string | null;
  text: string | null;
  content: unknown[];
  /** JSON; null: none. */
  contentJson: string | null;
  data: Record<string, unknown> | null;
  dataJson: string | null;
  /** SHA-256 of what it says, hexadecimal: what its link covers. */
  contentHash: string;
  customerVisible: boolean;
  /** Written as `lapsed` where the conversation is `verified`. */
  lapsed: boolean;
}

/** Fault `invalid_text` 400: PostgreSQL stores no NUL. */
export function newEntry(draft: EntryDraft): NewEntry {
  const id = newId();
  const text = draft.text === undefined ? null : storable(draft.text);
  const content = draft.content ?? [];
  const contentJson = content.length > 0 ? JSON.stringify(content) : null;
  const dataJson = draft.data ? JSON.stringify(draft.data) : null;
  const clientId = draft.clientId === undefined ? null : storable(draft.clientId);
  const senderId = draft.senderId == null ? null : storable(draft.senderId);
  const senderName = draft.senderName == null ? null : storable(draft.senderName);
  const { kind, role } = draft;
  const said = { id, kind, role, senderId, senderName, clientId, text };
  return {
    ...said,
    conversationId: draft.conversationId,
    // Without the sender's own id a retry after a lost connection must still find its first attempt
    dedupe:
      clientId === null
        ? id
        : dedupeKey(draft, [senderId, clientId, kind, text, contentJson, dataJson]),
    content,
    contentJson,
    data: draft.data ?? null,
    dataJson,
    contentHash: contentHashOf(said, contentJson, dataJson),
    customerVisible: customerMaySee(kind, role),
    lapsed: draft.lapsed ?? false,
  };
}

/**
 * A customer's session names its messages across its conversations; everybody else's ids count within
 * one, so that a program that says the same in two conversations is heard in both.
 */
function dedupeKey({ role, conversationId }: EntryDraft, parts: (string | null)[]): string {
  const scope = role === 'customer' ? null : conversationId;
  return hash('sha256', JSON.stringify([scope, ...parts]), 'hex').slice(0, 32);
}

/** What the customer's history contains (Guest API §7): the rest is the company's. */
export function customerMaySee(kind: EntryKind, role: Role): boolean {
  if (kind === 'joined') return role === 'customer';
  return kind === 'message' || kind === 'ended' || kind === 'signed-in';
}

/** What is live is what is stored: lone surrogates cannot be UTF-8. */
export function storable(text: string): string {
  if (text.includes('\0')) throw new Fault('invalid_text', 400, 'The text contains a NUL.');
  return text.isWellFormed() ? text : text.toWellFormed();
}

export interface Place {
  seq: number;
  at: number;
  identityState: EntryRecord['identityState'];
}

export const entryAt = (entry: NewEntry, place: Place): EntryRecord => ({
  conversationId: entry.conversationId,
  seq: place.seq,
  id: entry.id,
  at: place.at,
  kind: entry.kind,
  role: entry.role,
  senderId: entry.senderId,
  senderName: entry.senderName,
  text: entry.text,
  content: entry.content,
  data: entry.data,
  identityState: place.identityState,
  clientId: entry.clientId,
});
