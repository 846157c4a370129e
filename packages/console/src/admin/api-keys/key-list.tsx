import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { apiKeys: w, users } = adminWords;

export function KeyList() {
  return (
    <ObjectList
      section="apiKeys"
      columns={[
        {
          name: w.roles,
          value: null,
          cell: ({ object }) => object.roles.map((role) => users.roleNames[role]).join(', '),
        },
      ]}
    />
  );
}
