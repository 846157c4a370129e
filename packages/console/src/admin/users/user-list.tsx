import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { users: w } = adminWords;

export function UserList() {
  return (
    <ObjectList
      section="users"
      describe={({ object }) => object.name}
      columns={[
        {
          name: w.roles,
          value: null,
          cell: ({ object }) => object.roles.map((role) => w.roleNames[role]).join(', '),
        },
        {
          name: w.capacity,
          value: null,
          cell: ({ object }) => object.capacity,
          numeric: true,
        },
      ]}
    />
  );
}
