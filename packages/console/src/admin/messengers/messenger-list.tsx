import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';
import { MessengerSign } from './messenger-sign.tsx';

const { messengers: w } = adminWords;

export function MessengerList() {
  return (
    <ObjectList
      section="messengerConfigurations"
      describe={({ object }) => object.languages.join(', ')}
      columns={[
        { name: w.state, value: null, cell: (entry) => <MessengerSign entry={entry} /> },
        {
          name: w.signIn,
          value: null,
          cell: ({ object: { authentication } }) =>
            authentication.enabled && authentication.setting ? (
              authentication.setting
            ) : (
              <span className="secondary">{w.guests}</span>
            ),
        },
      ]}
    />
  );
}
