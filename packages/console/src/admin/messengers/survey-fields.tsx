import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { ItemsField } from '../fields/items-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { TextsField } from '../fields/texts-field.tsx';
import { useText } from '../object/form-context.ts';

const { messengers: w } = adminWords;

const types = (['single-line', 'multi-line', 'options', 'consent'] as const).map((value) => ({
  value,
  label: w.questionTypes[value],
}));

/** What is asked before the chat, question by question. */
export function SurveyFields() {
  return (
    <FieldGroup title={w.survey} lead={w.surveyLead}>
      <ItemsField
        path="preChatSurvey.questions"
        holder="preChatSurvey"
        label={w.questions}
        add={w.addQuestion}
        itemName={w.question}
        fresh={() => ({ type: 'single-line', required: false })}
        max={10}
        ordered
      >
        {(path) => <Question path={path} />}
      </ItemsField>
    </FieldGroup>
  );
}

function Question({ path }: { path: string }) {
  const type = useText(`${path}.type`);
  return (
    <>
      <TextField path={`${path}.text`} label={w.questionText} />
      <TextField
        path={`${path}.name`}
        label={w.questionName}
        description={w.questionNameHint}
        exact
      />
      <ChoiceField
        path={`${path}.type`}
        label={w.questionType}
        choices={types}
        initial="single-line"
      />
      {type === 'options' ? (
        <TextsField path={`${path}.options`} label={w.options} separators={['\n']} />
      ) : null}
      {type === 'consent' ? (
        <TextField path={`${path}.link`} label={w.link} type="url" optional exact />
      ) : null}
      <SwitchField path={`${path}.required`} label={w.required} />
    </>
  );
}
