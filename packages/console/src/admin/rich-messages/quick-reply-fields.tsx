import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { ItemsField } from '../fields/items-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { freshIdentifier } from './initial-messages.ts';
import { useIdentifiers } from './use-identifiers.ts';

const { richMessages: w } = adminWords;

export function QuickReplyFields() {
  const identifiers = useIdentifiers();
  return (
    <FieldGroup title={w.bubble} lead={w.quickReplyLead}>
      <TextField path="summaryText" label={w.summary} description={w.summaryHint} />
      <ItemsField
        path="items"
        label={w.choices}
        description={w.quickReplyChoices}
        fresh={() => ({ identifier: freshIdentifier(identifiers) })}
        itemName={w.choiceAt}
        add={w.addChoice}
        max={5}
        ordered
      >
        {(path) => <TextField path={`${path}.title`} label={w.title} />}
      </ItemsField>
    </FieldGroup>
  );
}
