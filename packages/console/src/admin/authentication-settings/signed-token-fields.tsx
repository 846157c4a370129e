import { adminWords } from '../../strings/admin/admin-words.ts';
import { DurationField } from '../fields/duration-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { EnforcementFields } from './enforcement-fields.tsx';
import { ReproofField } from './reproof-field.tsx';

const { settings: w } = adminWords;

export function SignedTokenFields() {
  return (
    <>
      <FieldGroup title={w.site} lead={w.siteLead}>
        <TextField
          path="owner"
          label={w.owner}
          description={w.ownerHint}
          type="email"
          optional
          exact
        />
        <TextField
          path="publicKeyUrl"
          label={w.publicKeyUrl}
          description={w.publicKeyUrlHint}
          placeholder="https://shop.example/.well-known/chat-keys.json"
          type="url"
          exact
        />
        <TextField
          path="clientFunction"
          label={w.clientFunction}
          description={w.clientFunctionHint}
          exact
        />
      </FieldGroup>
      <FieldGroup title={w.token} lead={w.tokenLead}>
        <TextField path="issuer" label={w.issuer} description={w.issuerHint} optional exact />
        <TextField path="audience" label={w.audience} description={w.audienceHint} optional exact />
        <DurationField
          path="maxLifetime"
          label={w.maxLifetime}
          description={w.maxLifetimeHint}
          min={60}
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
        <SwitchField path="singleUse" label={w.singleUse} description={w.singleUseHint} />
      </FieldGroup>
      <FieldGroup title={w.standing} lead={w.standingLead}>
        <ReproofField />
      </FieldGroup>
      <EnforcementFields />
    </>
  );
}
