import type { DryRun } from '@countersign/protocol';
import { IconAlertTriangle, IconArrowBounce, IconCheck, IconMinus } from '@tabler/icons-react';
import { words } from '../strings/words.ts';
import { Because } from './because.tsx';

const { dryRun: w } = words;

type Rule = DryRun['rules'][number];
type Verdict = 'matched' | 'passedOver' | 'notMatched' | 'fault';

const icons = {
  matched: IconCheck,
  passedOver: IconArrowBounce,
  notMatched: IconMinus,
  fault: IconAlertTriangle,
};

/** Each rule with what became of it and why; the one that decided stands out. */
export function RuleTrace({ rules, decided }: { rules: Rule[]; decided: number | null }) {
  return (
    <ol className="rule-trace">
      {rules.map((rule) => (
        <li key={rule.rule} className={rule.rule === decided ? 'rule-decided' : undefined}>
          <RuleLine rule={rule} verdict={verdictOf(rule)} />
        </li>
      ))}
    </ol>
  );
}

function verdictOf({ fault, matched, overflows }: Rule): Verdict {
  if (fault !== undefined) return 'fault';
  if (!matched) return 'notMatched';
  return overflows === undefined ? 'matched' : 'passedOver';
}

function RuleLine({ rule, verdict }: { rule: Rule; verdict: Verdict }) {
  const Icon = icons[verdict];
  return (
    <>
      <p className={`rule-verdict rule-${verdict}`}>
        <Icon size={16} stroke={1.75} aria-hidden />
        <strong>{w.rule(rule.rule)}</strong> {w[verdict]}
      </p>
      <p className="secondary">
        → {rule.targets.map(({ queue, priority }) => w.target(queue, priority)).join(' · ')}
      </p>
      <Because because={rule.because} />
      {rule.overflows ? <p className="level-warning">{rule.overflows}</p> : null}
      {rule.fault ? <p className="screen-problem">{rule.fault}</p> : null}
    </>
  );
}
