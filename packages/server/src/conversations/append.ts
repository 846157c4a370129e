import { Fault, notFound } from '../platform/index.ts';
import { Lane, type LaneParts } from './lane.ts';
import { newEntry } from './new-entry.ts';
import type { EntryDraft, EntryRecord } from './records.ts';
import type { Appended } from './store/append-batch.ts';
import { isConversationId } from './store/rows.ts';

export interface Appender {
  append(draft: EntryDraft): Promise<Appended>;
  close(): Promise<void>;
}

export interface AppenderParts extends Omit<LaneParts, 'onCommitted'> {
  lanes: number;
  publish(entries: EntryRecord[]): void;
  exists(id: string): Promise<boolean>;
}

/** Spreads conversations over lanes: one conversation always takes the same. */
export function createAppender(parts: AppenderParts): Appender {
  const lanes = Array.from(
    { length: parts.lanes },
    (_, index) => new Lane(String(index + 1), { ...parts, onCommitted: parts.publish }),
  );
  return {
    async append(draft) {
      if (!isConversationId(draft.conversationId)) throw notFound('conversation');
      const lane = lanes[laneOf(draft.conversationId, lanes.length)];
      const appended = await lane?.append(newEntry(draft));
      if (appended) return appended;
      if (!(await parts.exists(draft.conversationId))) throw notFound('conversation');
      throw new Fault('conversation_closed', 409, 'This conversation has ended.');
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** The last digits of a version 7 UUID are random. */
const laneOf = (id: string, lanes: number): number => Number.parseInt(id.slice(-4), 16) % lanes;
