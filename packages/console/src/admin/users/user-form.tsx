import { useWorkspaceState } from '../../live/use-workspace.ts';
import { mayReadSecrets } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoicesField } from '../fields/choices-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { SecretField } from '../fields/secret-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { ObjectScreen } from '../object/object-screen.tsx';
import { roleChoices } from './role-choices.ts';

const { users: w } = adminWords;

const initial = { roles: ['agent'], capacity: 100 };

/** Somebody of the company: who they are, what they may do, how they sign in, how much they take on. */
export function UserForm({ id }: { id: string | null }) {
  const mayGive = mayReadSecrets(useWorkspaceState((state) => state.me.roles));
  return (
    <ObjectScreen
      section="users"
      id={id}
      initial={initial}
      sign={({ object }) => <span className="secondary">{object.name}</span>}
    >
      {() => (
        <>
          <FieldGroup title={w.who} lead={w.whoLead}>
            <TextField path="name" label={w.name} />
            <TextField path="email" label={w.email} description={w.emailHint} type="email" exact />
            <TextField path="nickname" label={w.nickname} description={w.nicknameHint} optional />
          </FieldGroup>
          <FieldGroup title={w.roles} lead={mayGive ? w.rolesLead : w.rolesLeadWithout}>
            <ChoicesField path="roles" label={w.may} choices={roleChoices} />
          </FieldGroup>
          <FieldGroup title={w.signIn} lead={w.signInLead}>
            <SecretField path="password" label={w.password} optional hashed />
          </FieldGroup>
          <FieldGroup title={w.work} lead={w.workLead}>
            <NumberField
              path="capacity"
              label={w.capacity}
              description={w.capacityHint}
              min={0}
              max={100_000}
              unit={w.units}
              initial={100}
            />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}
