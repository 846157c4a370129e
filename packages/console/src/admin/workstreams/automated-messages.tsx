import { AutomatedTrigger } from '@countersign/protocol';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { ItemsField } from '../fields/items-field.tsx';
import { TextField } from '../fields/text-field.tsx';

const { workstreams: w } = adminWords;

const triggers = AutomatedTrigger.enum.map((value) => ({ value, label: w.triggers[value] }));

export function AutomatedMessages() {
  return (
    <ItemsField
      path="automatedMessages"
      label={w.automated}
      description={w.automatedHint}
      fresh={() => ({ on: 'queued', locale: 'en' })}
      itemName={w.messageAt}
      add={w.addMessage}
    >
      {(path) => (
        <>
          <div className="field-pair">
            <ChoiceField path={`${path}.on`} label={w.on} choices={triggers} />
            <TextField path={`${path}.locale`} label={w.locale} placeholder="en" exact />
          </div>
          <TextField path={`${path}.text`} label={w.text} rows={2} />
        </>
      )}
    </ItemsField>
  );
}
