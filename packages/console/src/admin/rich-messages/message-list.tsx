import type { ShownObject } from '@countersign/protocol';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { richMessages: w } = adminWords;

export function MessageList() {
  return (
    <ObjectList
      section="richMessages"
      describe={({ object }) => shownFirst(object)}
      columns={[{ name: w.type, value: null, cell: ({ object }) => w.types[object.type] }]}
    />
  );
}

/** What the customer reads of it first. */
function shownFirst(message: ShownObject<'richMessages'>): string {
  if (message.type === 'quick-reply') return message.items.map(({ title }) => title).join(' · ');
  return message.type === 'rich-link' ? message.title : message.receivedMessage;
}
