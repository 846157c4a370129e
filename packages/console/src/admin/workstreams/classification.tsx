import { adminWords } from '../../strings/admin/admin-words.ts';
import { ConditionField } from '../conditions/condition-field.tsx';
import { freshCondition } from '../conditions/condition-kinds.ts';
import { ItemsField } from '../fields/items-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useValue } from '../object/form-context.ts';
import { FoldedRule } from './folded-rule.tsx';
import { classifySentence } from './rule-sentence.ts';
import { SetVariable } from './set-variable.tsx';

const { workstreams: w, rules } = adminWords;

const freshRule = () => ({ when: freshCondition('authenticated') });

/** Rulesets that run before routing: of each, the first rule that matches sets its values. */
export function Classification() {
  return (
    <ItemsField
      path="classification"
      label={w.rulesets}
      fresh={() => ({ rules: [freshRule()] })}
      itemName={w.rulesetAt}
      add={w.addRuleset}
      max={10}
      ordered
    >
      {(path) => (
        <>
          <TextField path={`${path}.name`} label={w.rulesetName} />
          <ItemsField
            path={`${path}.rules`}
            label={w.rules}
            fresh={freshRule}
            itemName={w.ruleAt}
            add={w.addRule}
            max={100}
            ordered
          >
            {(rule, at) => <ClassificationRule path={rule} place={at + 1} />}
          </ItemsField>
        </>
      )}
    </ItemsField>
  );
}

function ClassificationRule({ path, place }: { path: string; place: number }) {
  const rule = useValue(path);
  return (
    <FoldedRule path={path} name={w.ruleAt(place)} sentence={classifySentence(rule, rules)}>
      <ConditionField path={`${path}.when`} label={rules.conditionOf(place)} alone />
      <ItemsField
        path={`${path}.set`}
        label={w.set}
        fresh={() => ({ variable: '', value: '' })}
        itemName={w.valueAt}
        add={w.addValue}
        max={5}
      >
        {(one) => <SetVariable path={one} />}
      </ItemsField>
      <NumberField
        path={`${path}.priority`}
        label={w.priority}
        description={w.priorityHint}
        min={0}
        max={1_000_000}
        optional
      />
    </FoldedRule>
  );
}
