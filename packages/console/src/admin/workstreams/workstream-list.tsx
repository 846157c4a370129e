import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { workstreams: w } = adminWords;

export function WorkstreamList() {
  return (
    <ObjectList
      section="workstreams"
      describe={({ object }) => w.distributions[object.distribution]}
      columns={[
        { name: w.channel, value: null, cell: ({ object }) => w.channels[object.channel] },
        {
          name: w.rules,
          value: null,
          cell: ({ object }) => w.ruleCount(object.routeToQueue.length),
        },
        { name: w.fallback, value: null, cell: ({ object }) => object.fallbackQueue },
      ]}
    />
  );
}
