import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { ItemsField } from '../fields/items-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { BubbleFields } from './bubble-fields.tsx';
import { freshIdentifier } from './initial-messages.ts';
import { useIdentifiers } from './use-identifiers.ts';

const { richMessages: w } = adminWords;

export function ListFields() {
  const identifiers = useIdentifiers();
  const freshChoice = () => ({ identifier: freshIdentifier(identifiers) });
  return (
    <>
      <FieldGroup title={w.bubble} lead={w.listLead}>
        <BubbleFields />
      </FieldGroup>
      <FieldGroup title={w.list} lead={w.listHint}>
        <ItemsField
          path="sections"
          label={w.sections}
          fresh={() => ({ items: [freshChoice()] })}
          itemName={w.sectionAt}
          add={w.addSection}
          max={20}
          ordered
        >
          {(section) => (
            <>
              <TextField path={`${section}.title`} label={w.title} />
              <SwitchField
                path={`${section}.multipleSelection`}
                label={w.several}
                description={w.severalHint}
              />
              <ItemsField
                path={`${section}.items`}
                label={w.choices}
                fresh={freshChoice}
                itemName={w.choiceAt}
                add={w.addChoice}
                max={100}
                ordered
              >
                {(item) => (
                  <div className="field-pair">
                    <TextField path={`${item}.title`} label={w.title} />
                    <TextField path={`${item}.subtitle`} label={w.subtitle} optional />
                  </div>
                )}
              </ItemsField>
            </>
          )}
        </ItemsField>
      </FieldGroup>
    </>
  );
}
