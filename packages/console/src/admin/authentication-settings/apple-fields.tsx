import { adminWords } from '../../strings/admin/admin-words.ts';
import { CopiedFacts } from '../copy/copied-facts.tsx';
import { ChoiceField } from '../fields/choice-field.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { ReferencesField } from '../fields/references-field.tsx';
import { SecretField } from '../fields/secret-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { TextsField } from '../fields/texts-field.tsx';
import { isMap } from '../object/paths.ts';

const { settings: w } = adminWords;

const secretIns = (['client_secret_post', 'client_secret_basic'] as const).map((value) => ({
  value,
  label: w.secretIns[value],
}));

export function AppleFields() {
  return (
    <>
      <FieldGroup title={w.appleClient} lead={w.appleClientLead}>
        <TextField path="clientId" label={w.clientId} description={w.clientIdHint} exact />
        <SecretField path="clientSecret" label={w.clientSecret} />
        <TextsField path="scopes" label={w.scopes} suggestions={['openid', 'profile', 'email']} />
        <TextField
          path="accessTokenUrl"
          label={w.accessTokenUrl}
          description={w.accessTokenUrlHint}
          placeholder="https://id.shop.example/token"
          type="url"
          exact
        />
        <TextField
          path="decryptedTokenUrl"
          label={w.decryptedTokenUrl}
          description={w.decryptedTokenUrlHint}
          placeholder="https://id.shop.example/me"
          type="url"
          exact
        />
        <TextField
          path="additionalParameters"
          label={w.additionalParameters}
          description={w.additionalParametersHint}
          optional
          exact
        />
        <DurationField
          path="accessTokenExpiry"
          label={w.accessTokenExpiry}
          description={w.accessTokenExpiryHint}
          min={60}
          max={7_776_000}
          initial={3600}
        />
        <ReferencesField
          path="richMessages"
          label={w.richMessages}
          description={w.richMessagesHint}
          section="richMessages"
          fits={(object) => isMap(object) && object.type === 'authentication'}
          optional
        />
      </FieldGroup>
      <FieldGroup title={w.register} lead={w.registerLead}>
        <CopiedFacts
          facts={[
            { name: w.appleRedirect, text: `${location.origin}/channels/apple/oauth/callback` },
            { name: w.appleOldRedirect, text: 'https://auth.businesschat.apple.com' },
          ]}
        />
      </FieldGroup>
      <FieldGroup title={w.more} lead={w.moreLead}>
        <ChoiceField
          path="clientAuthentication"
          label={w.secretIn}
          choices={secretIns}
          initial="client_secret_post"
        />
        <SwitchField path="pkce" label={w.pkce} description={w.pkceHint} initial />
        <TextField
          path="issuer"
          label={w.idTokenIssuer}
          description={w.idTokenIssuerHint}
          optional
          exact
        />
        <TextField path="keysUrl" label={w.keysUrl} type="url" optional exact />
        <TextsField
          path="subjectClaims"
          label={w.subjectClaims}
          description={w.subjectClaimsHint}
          optional
        />
      </FieldGroup>
    </>
  );
}
