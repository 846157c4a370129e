import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { ColorField } from '../fields/color-field.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { TextsField } from '../fields/texts-field.tsx';
import { useValue } from '../object/form-context.ts';
import { isMap } from '../object/paths.ts';
import { SurveyFields } from './survey-fields.tsx';

const { messengers: w } = adminWords;

const launchers = (['On', 'OnDemand', 'Off'] as const).map((value) => ({
  value,
  label: w.launchers[value],
}));
const positions = (['Auto', 'Left', 'Right'] as const).map((value) => ({
  value,
  label: w.positions[value],
}));
const disconnects = (['Off', 'Send', 'ReadOnly'] as const).map((value) => ({
  value,
  label: w.disconnects[value],
}));
const PANEL_LANGUAGES = ['en', 'de', 'ro'];

export function MessengerFields() {
  return (
    <>
      <FieldGroup title={w.look} lead={w.lookLead}>
        <TextField path="name" label={w.name} description={w.nameHint} />
        <ColorField
          path="appearance.primaryColor"
          label={w.color}
          description={w.colorHint}
          initial="#0b5fff"
        />
        <TextsField
          path="languages"
          label={w.languages}
          description={w.languagesHint}
          suggestions={PANEL_LANGUAGES}
        />
        <ChoiceField
          path="appearance.launcher"
          label={w.launcher}
          choices={launchers}
          initial="On"
        />
        <ChoiceField
          path="appearance.position"
          label={w.position}
          choices={positions}
          initial="Auto"
        />
      </FieldGroup>
      <FieldGroup title={w.authentication} lead={w.authenticationLead}>
        <SwitchField path="authentication.enabled" label={w.enabled} />
        <SignInFields />
      </FieldGroup>
      <SurveyFields />
      <FieldGroup title={w.chat} lead={w.chatLead}>
        <SwitchField path="conversations.typing" label={w.typing} initial />
        <SwitchField path="conversations.clear" label={w.clear} />
        <ChoiceField
          path="conversations.disconnect"
          label={w.disconnect}
          choices={disconnects}
          initial="Off"
        />
        <DurationField
          path="conversations.sessionDuration"
          label={w.sessionDuration}
          min={1}
          max={31_536_000}
          initial={259_200}
        />
        <SwitchField path="rating.enabled" label={w.rating} description={w.ratingHint} />
        <RatingText />
      </FieldGroup>
      <FieldGroup title={w.files} lead={w.filesLead}>
        <SwitchField path="attachments.enabled" label={w.filesEnabled} />
        <FileFields />
      </FieldGroup>
    </>
  );
}

function SignInFields() {
  if (useValue('authentication.enabled') !== true) return null;
  return (
    <>
      <ReferenceField
        path="authentication.setting"
        label={w.setting}
        section="authenticationSettings"
        fits={(object) => isMap(object) && object.type !== 'apple-oauth'}
      />
      <SwitchField
        path="authentication.allowSessionUpgrade"
        label={w.stepUp}
        description={w.stepUpHint}
      />
    </>
  );
}

function RatingText() {
  if (useValue('rating.enabled') !== true) return null;
  return <TextField path="rating.text" label={w.ratingText} optional />;
}

function FileFields() {
  if (useValue('attachments.enabled') !== true) return null;
  return (
    <>
      <TextsField
        path="attachments.fileTypes"
        label={w.fileTypes}
        description={w.fileTypesHint}
        suggestions={['image/*', 'application/pdf', 'text/plain']}
      />
      <NumberField
        path="attachments.maxFileSizeKB"
        label={w.maxFileSize}
        min={1}
        max={102_400}
        unit="KB"
        initial={10_240}
      />
    </>
  );
}
