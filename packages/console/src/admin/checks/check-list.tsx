import type { SetupCheck, SnippetTest } from '@countersign/protocol';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconMinus } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import './check-list.css';

const { settings: w } = adminWords;

const icons = {
  ok: IconCircleCheck,
  warning: IconAlertTriangle,
  failed: IconCircleX,
  skipped: IconMinus,
};

/** What a test found, check by check, with what to change. */
export function CheckList({ test }: { test: SnippetTest }) {
  return (
    <div className="check-list" role="status">
      <p className={test.ok ? 'level-good' : 'level-bad'}>{test.ok ? w.testGood : w.testBad}</p>
      <ul>
        {test.checks.map((check) => (
          <Check key={`${check.name} ${check.observed}`} check={check} />
        ))}
      </ul>
    </div>
  );
}

function Check({ check: { name, status, observed, remedy } }: { check: SetupCheck }) {
  const Icon = icons[status];
  return (
    <li className={`check check-${status}`}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <div>
        <strong>{name}</strong> <span className="unseen">{w.checks[status]}</span>
        <div className="secondary">{observed}</div>
        {remedy && status !== 'ok' ? <div>{remedy}</div> : null}
      </div>
    </li>
  );
}
