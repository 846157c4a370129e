import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { SecretField } from '../fields/secret-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { TextsField } from '../fields/texts-field.tsx';
import { useText } from '../object/form-context.ts';
import { EnforcementFields } from './enforcement-fields.tsx';
import { RegisterAtProvider } from './register-at-provider.tsx';
import { ReproofField } from './reproof-field.tsx';

const { settings: w } = adminWords;

const clientAuthentications = (
  ['auto', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const
).map((value) => ({ value, label: w.clientAuthentications[value] }));

export function OpenIdConnectFields() {
  return (
    <>
      <FieldGroup title={w.provider} lead={w.providerLead}>
        <TextField
          path="discoveryUri"
          label={w.discoveryUri}
          description={w.discoveryUriHint}
          placeholder="https://id.shop.example/.well-known/openid-configuration"
          type="url"
          exact
        />
        <TextField path="clientId" label={w.clientId} description={w.clientIdHint} exact />
        <ChoiceField
          path="clientAuthentication"
          label={w.clientAuthentication}
          choices={clientAuthentications}
          initial="auto"
        />
        <ClientSecret />
        <TextsField
          path="providerHosts"
          label={w.providerHosts}
          description={w.providerHostsHint}
          optional
        />
        <SwitchField path="userInfo" label={w.userInfo} description={w.userInfoHint} />
        <SwitchField
          path="implicitFlow"
          label={w.allowImplicit}
          description={w.allowImplicitHint}
        />
      </FieldGroup>
      <RegisterAtProvider />
      <FieldGroup title={w.standing} lead={w.standingLead}>
        <ReproofField />
        <DurationField
          path="refreshTokenLifetime"
          label={w.refreshTokenLifetime}
          description={w.refreshTokenLifetimeHint}
          min={900}
          max={7_776_000}
          initial={86_400}
        />
        <DurationField
          path="clockTolerance"
          label={w.clockTolerance}
          description={w.clockToleranceHint}
          min={0}
          max={300}
          initial={30}
        />
        <TextsField
          path="contextClaims"
          label={w.contextClaims}
          description={w.contextClaimsHint}
          optional
        />
      </FieldGroup>
      <EnforcementFields />
    </>
  );
}

function ClientSecret() {
  if (useText('clientAuthentication') !== 'private_key_jwt') {
    return <SecretField path="clientSecret" label={w.clientSecret} />;
  }
  return (
    <>
      <SecretField
        path="privateKey"
        label={w.privateKey}
        description={w.privateKeyHint}
        multiline
      />
      <TextField
        path="privateKeyId"
        label={w.privateKeyId}
        description={w.privateKeyIdHint}
        exact
      />
    </>
  );
}
