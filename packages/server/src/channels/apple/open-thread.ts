import type { OnWritten } from '../../conversations/index.ts';
import { insertThread } from './thread-store.ts';

/** A conversation of this channel is never without its thread: they are written in one transaction. */
export const openThread: OnWritten = async ({ record, created }, transaction) => {
  if (!created || record.channel !== 'apple') return;
  const [, accountId = ''] = record.ownerKey.split(':', 2);
  const opaqueId = record.ownerKey.slice(`apple:${accountId}:`.length);
  await insertThread(transaction, { conversationId: record.id, accountId, opaqueId });
};
