import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { queues: w } = adminWords;

export function QueueList() {
  return (
    <ObjectList
      section="queues"
      describe={({ object }) => w.assignments[object.assignment]}
      columns={[
        {
          name: w.priority,
          value: null,
          cell: ({ object }) => object.priority,
          numeric: true,
        },
        { name: w.members, value: null, cell: ({ object }) => w.people(object.members.length) },
        { name: w.hours, value: null, cell: ({ object }) => object.operatingHours ?? w.always },
      ]}
    />
  );
}
