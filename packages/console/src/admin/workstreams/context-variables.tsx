import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { ItemsField } from '../fields/items-field.tsx';
import { TextField } from '../fields/text-field.tsx';

const { workstreams: w } = adminWords;

const types = (['text', 'number'] as const).map((value) => ({ value, label: w.types[value] }));

export function ContextVariables() {
  return (
    <ItemsField
      path="contextVariables"
      label={w.variables}
      description={w.variablesHint}
      fresh={() => ({ type: 'text' })}
      itemName={w.variableAt}
      add={w.addVariable}
    >
      {(path) => (
        <div className="field-pair">
          <TextField path={`${path}.name`} label={w.variableName} exact />
          <ChoiceField
            path={`${path}.type`}
            label={w.variableType}
            choices={types}
            initial="text"
          />
        </div>
      )}
    </ItemsField>
  );
}
