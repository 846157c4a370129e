import { adminWords } from '../../strings/admin/admin-words.ts';
import { ConditionField } from '../conditions/condition-field.tsx';
import { freshCondition } from '../conditions/condition-kinds.ts';
import { ItemsField } from '../fields/items-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { useValue } from '../object/form-context.ts';
import { FoldedRule } from './folded-rule.tsx';
import { routeSentence } from './rule-sentence.ts';
import { RuleTarget } from './rule-target.tsx';

const { workstreams: w, rules } = adminWords;

/** The rules in their order: the first that matches decides. */
export function RouteRules() {
  return (
    <ItemsField
      path="routeToQueue"
      label={w.rules}
      fresh={() => ({ when: freshCondition('authenticated'), queue: '', priority: 10 })}
      itemName={w.ruleAt}
      add={w.addRule}
      ordered
    >
      {(path, at) => <Rule path={path} place={at + 1} />}
    </ItemsField>
  );
}

function Rule({ path, place }: { path: string; place: number }) {
  const rule = useValue(path);
  return (
    <FoldedRule path={path} name={w.ruleAt(place)} sentence={routeSentence(rule, rules)}>
      <ConditionField path={`${path}.when`} label={rules.conditionOf(place)} alone />
      <RuleTarget path={path} />
      <NumberField
        path={`${path}.priority`}
        label={w.priority}
        description={w.priorityHint}
        min={0}
        max={1_000_000}
        initial={10}
      />
    </FoldedRule>
  );
}
