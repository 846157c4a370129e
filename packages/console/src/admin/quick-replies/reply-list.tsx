import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { quickReplies: w } = adminWords;

export function ReplyList() {
  return (
    <ObjectList
      section="quickReplies"
      describe={({ object }) => <span className="quick-reply-text">{object.text}</span>}
      columns={[
        { name: w.locale, value: null, cell: ({ object }) => object.locale },
        { name: w.tags, value: null, cell: ({ object }) => object.tags.join(', ') || '–' },
        {
          name: w.workstreams,
          value: null,
          cell: ({ object }) => object.workstreams.join(', ') || w.everywhere,
        },
      ]}
    />
  );
}
