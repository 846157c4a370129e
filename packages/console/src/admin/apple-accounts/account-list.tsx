import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectList } from '../list/object-list.tsx';

const { appleAccounts: w } = adminWords;

export function AccountList() {
  return (
    <ObjectList
      section="appleAccounts"
      describe={({ object }) => object.businessId}
      columns={[
        { name: w.workstream, value: null, cell: ({ object }) => object.workstream },
        {
          name: w.signIn,
          value: null,
          cell: ({ object: { authentication } }) =>
            authentication.enabled ? (authentication.setting ?? w.noSetting) : w.off,
        },
      ]}
    />
  );
}
