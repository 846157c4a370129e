import { useWorkspaceState } from '../../live/use-workspace.ts';
import { administers } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useText } from '../object/form-context.ts';
import { ObjectScreen } from '../object/object-screen.tsx';
import { AppleFields } from './apple-fields.tsx';
import { FixedFlow } from './fixed-flow.tsx';
import { initialSettings } from './initial-settings.ts';
import { OpenIdConnectFields } from './open-id-connect-fields.tsx';
import { SettingAttempts } from './setting-attempts.tsx';
import { SettingKeys } from './setting-keys.tsx';
import { SettingTest } from './setting-test.tsx';
import { SignedTokenFields } from './signed-token-fields.tsx';
import { TryToken } from './try-token.tsx';
import { TypeChoice } from './type-choice.tsx';
import './authentication-settings.css';

const { settings: w } = adminWords;

/** One way in which customers are proven. */
export function SettingForm({ id }: { id: string | null }) {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <ObjectScreen
      section="authenticationSettings"
      id={id}
      initial={initialSettings['openid-connect']}
      sign={({ object }) => <span className="secondary">{w.types[object.type]}</span>}
      tabs={({ id: setting, object }) =>
        object.type === 'apple-oauth'
          ? [attemptsTab(setting)]
          : [
              { name: 'keys', label: w.keys, content: <SettingKeys id={setting} /> },
              attemptsTab(setting),
              { name: 'try', label: words.tryToken.open, content: <TryToken id={setting} /> },
            ]
      }
    >
      {({ entry }) => (
        <>
          <FieldGroup title={w.which} lead={w.whichLead}>
            {entry ? null : <TypeChoice />}
            <TextField path="name" label={w.name} description={w.nameHint} />
            <FixedFlow />
          </FieldGroup>
          <FieldsOfType />
          {entry && entry.object.type !== 'apple-oauth' && administers(roles) ? (
            <SettingTest id={entry.id} />
          ) : null}
        </>
      )}
    </ObjectScreen>
  );
}

const attemptsTab = (id: string) => ({
  name: 'attempts',
  label: w.attempts,
  content: <SettingAttempts id={id} />,
});

function FieldsOfType() {
  const type = useText('type');
  if (type === 'signed-token') return <SignedTokenFields />;
  return type === 'apple-oauth' ? <AppleFields /> : <OpenIdConnectFields />;
}
