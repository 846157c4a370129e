import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';
import { OpenNow } from './open-now.tsx';
import { weekSentence } from './week-sentence.ts';

const { hours: w } = adminWords;

export function HoursList() {
  return (
    <ObjectList
      section="operatingHours"
      describe={({ object }) => weekSentence(object.weekly, w)}
      columns={[
        { name: w.timeZone, value: null, cell: ({ object }) => object.timeZone },
        { name: w.now, value: null, cell: ({ object }) => <OpenNow hours={object} /> },
      ]}
    />
  );
}
