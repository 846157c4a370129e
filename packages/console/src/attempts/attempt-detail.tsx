import { Drawer } from '@mantine/core';
import type { Attempt, AttemptCheck } from '../api/workspace-api.ts';
import { Facts } from '../customer/facts.tsx';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { absolute } from '../time/format-time.ts';
import { Outcome } from './attempt-table.tsx';

/** One attempt as a checklist: what ran, what was seen, what to do. */
export function AttemptDetail(props: { attempt: Attempt | null; onClose: () => void }) {
  const { attempt, onClose } = props;
  return (
    <Drawer
      opened={attempt !== null}
      onClose={onClose}
      position="right"
      size={480}
      title={attempt ? words.attempts.detail(attempt.reference) : ''}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {attempt ? <Detail attempt={attempt} /> : null}
    </Drawer>
  );
}

function Detail({ attempt }: { attempt: Attempt }) {
  const { attempts: w } = words;
  return (
    <div className="attempt-detail">
      <p>
        <Outcome outcome={attempt.outcome} />{' '}
        {attempt.reason ? <code>{attempt.reason}</code> : null}
      </p>
      {attempt.hint ? (
        <div className="attempt-hint">
          <h3>{w.hint}</h3>
          <p>{attempt.hint}</p>
        </div>
      ) : null}
      <Facts
        rows={[
          { name: w.time, value: absolute(attempt.at) },
          { name: w.setting, value: attempt.setting },
          { name: w.issuer, value: attempt.issuer },
          { name: w.subject, value: attempt.subject },
          { name: w.key, value: attempt.keyId },
          { name: w.deployment, value: attempt.deployment },
        ]}
      />
      <h3>{w.checks}</h3>
      <ol className="attempt-checks">
        {attempt.checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ol>
    </div>
  );
}

function Check({ check }: { check: AttemptCheck }) {
  const { attempts: w } = words;
  return (
    <li className={check.passed ? '' : 'attempt-check-failed'}>
      <IdentityGlyph state={check.passed ? 'verified' : 'refused'} silent />
      <div>
        <strong>{check.name}</strong>{' '}
        <span className="secondary">{check.passed ? w.passed : w.notPassed}</span>
        {check.observed || check.expected ? (
          <dl>
            {check.observed ? <Seen name={w.observed} value={check.observed} /> : null}
            {check.expected ? <Seen name={w.expected} value={check.expected} /> : null}
          </dl>
        ) : null}
      </div>
    </li>
  );
}

function Seen({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
