import { hash } from 'node:crypto';
import type { EntryRecord } from '../records.ts';

export type HashedContent = Pick<
  EntryRecord,
  'id' | 'kind' | 'role' | 'senderId' | 'senderName' | 'clientId' | 'text' | 'content' | 'data'
>;

/**
 * SHA-256 over all of an entry that is neither its place nor its identity state, as one canonical JSON text.
 * A value that was read back from JSON gives the same text again (ECMA-262, JSON.stringify), so that an
 * export, once parsed, can be held against the hash that was made before anything was stored.
 */
export const contentHash = (entry: HashedContent): string =>
  hashOf(factsOf(entry), JSON.stringify(entry.content), JSON.stringify(entry.data));

/** The same for an entry whose JSON texts are made already; null: none. */
export const contentHashOf = (
  entry: Omit<HashedContent, 'content' | 'data'>,
  contentJson: string | null,
  dataJson: string | null,
): string => hashOf(factsOf(entry), contentJson ?? '[]', dataJson ?? 'null');

const factsOf = (entry: Omit<HashedContent, 'content' | 'data'>): string =>
  JSON.stringify([
    entry.id,
    entry.kind,
    entry.role,
    entry.senderId,
    entry.senderName,
    entry.clientId,
    entry.text,
  ]);

/** Hexadecimal: a fifth of what a buffer costs. */
const hashOf = (facts: string, contentJson: string, dataJson: string): string =>
  hash('sha256', `${facts.slice(0, -1)},${contentJson},${dataJson}]`, 'hex');
