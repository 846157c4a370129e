import type { ReactNode } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useValue } from '../object/form-context.ts';
import { ObjectScreen } from '../object/object-screen.tsx';
import { isMap } from '../object/paths.ts';
import { AccountReview } from './account-review.tsx';
import { AccountSecrets } from './account-secrets.tsx';
import { SignInMessages } from './sign-in-messages.tsx';
import { StepLinks } from './step-links.tsx';

const { appleAccounts: w } = adminWords;

const GATEWAY = 'https://mspgw.push.apple.com/v1';
const initial = { gatewayUrl: GATEWAY, authentication: { enabled: false } };

/** An account of Apple Messages for Business, step by step: from the channel to what Apple has to be told. */
export function AccountForm({ id }: { id: string | null }) {
  return (
    <ObjectScreen section="appleAccounts" id={id} initial={initial}>
      {({ entry }) => (
        <>
          <StepLinks />
          <Step name="channel" title={w.steps.channel} lead={w.channelLead}>
            <TextField path="name" label={w.name} description={w.nameHint} />
            <ReferenceField
              path="workstream"
              label={w.workstream}
              description={w.workstreamHint}
              section="workstreams"
              fits={(object) => isMap(object) && object.channel === 'apple'}
            />
          </Step>
          <Step name="details" title={w.steps.details} lead={w.detailsLead}>
            <TextField
              path="businessId"
              label={w.businessId}
              description={w.businessIdHint}
              exact
            />
            <TextField path="mspId" label={w.mspId} description={w.mspIdHint} exact />
            <AccountSecrets key={entry?.version ?? 0} />
            <TextField
              path="gatewayUrl"
              label={w.gateway}
              description={w.gatewayHint}
              placeholder={GATEWAY}
              type="url"
              exact
            />
          </Step>
          <Step name="behaviours" title={w.steps.behaviours} lead={w.behavioursLead}>
            <SwitchField
              path="authentication.enabled"
              label={w.authentication}
              description={w.authenticationHint}
            />
            <Setting />
          </Step>
          <Step name="messages" title={w.steps.messages} lead={w.messagesLead}>
            <SignInMessages />
          </Step>
          <Step name="review" title={w.steps.review} lead={w.reviewLead}>
            <AccountReview />
          </Step>
        </>
      )}
    </ObjectScreen>
  );
}

function Step(props: {
  name: keyof typeof w.steps;
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <div id={`step-${props.name}`} className="apple-step" tabIndex={-1}>
      <FieldGroup title={props.title} lead={props.lead}>
        {props.children}
      </FieldGroup>
    </div>
  );
}

function Setting() {
  if (useValue('authentication.enabled') !== true) return null;
  return (
    <ReferenceField
      path="authentication.setting"
      label={w.setting}
      description={w.settingHint}
      section="authenticationSettings"
      fits={(object) => isMap(object) && object.type === 'apple-oauth'}
    />
  );
}
