import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoicesField } from '../fields/choices-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { TextField } from '../fields/text-field.tsx';
import { ObjectScreen } from '../object/object-screen.tsx';
import { roleChoices } from '../users/role-choices.ts';
import { keySaving } from './key-saving.ts';
import { NewToken } from './new-token.tsx';
import { randomToken } from './random-token.ts';
import { TokenField } from './token-field.tsx';

const { apiKeys: w } = adminWords;

/** With what a program calls the API. Its token is made here, and stored as a hash alone. */
export function KeyForm({ id }: { id: string | null }) {
  const [initial] = useState(() => ({ token: randomToken() }));
  return (
    <ObjectScreen section="apiKeys" id={id} initial={initial} saving={keySaving}>
      {({ entry }) => (
        <>
          {entry ? <NewToken key={entry.version} id={entry.id} /> : null}
          <FieldGroup title={w.what} lead={w.whatLead}>
            <TextField path="name" label={w.name} description={w.nameHint} />
            <ChoicesField path="roles" label={w.roles} choices={roleChoices} />
          </FieldGroup>
          <FieldGroup title={w.key} lead={entry ? w.keyLead : w.freshLead}>
            {entry ? <TokenField /> : null}
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}
