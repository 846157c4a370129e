import type { Attempt } from '@countersign/protocol';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { absolute, moment } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { reasonName } from './reason-name.ts';

interface Props {
  attempts: Attempt[];
  onChoose: (attempt: Attempt) => void;
}

export function AttemptTable({ attempts, onChoose }: Props) {
  const now = useNow(60_000);
  const { attempts: w } = words;
  return (
    <table className="attempts-table">
      <thead>
        <tr>
          <th scope="col">{w.time}</th>
          <th scope="col">{w.outcome}</th>
          <th scope="col">{w.reason}</th>
          <th scope="col">{w.setting}</th>
          <th scope="col">{w.subject}</th>
          <th scope="col">{w.reference}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr key={attempt.id}>
            <td data-label={w.time}>
              <time dateTime={attempt.at} title={absolute(attempt.at)}>
                {moment(attempt.at, now)}
              </time>
            </td>
            <td data-label={w.outcome}>
              <Outcome outcome={attempt.outcome} />
            </td>
            <td data-label={w.reason}>
              {attempt.reason ? (
                <span title={attempt.reason}>{reasonName(attempt.reason)}</span>
              ) : (
                '–'
              )}
            </td>
            <td data-label={w.setting}>{attempt.setting}</td>
            <td data-label={w.subject}>{attempt.subject ?? '–'}</td>
            <td data-label={w.reference}>
              <button type="button" onClick={() => onChoose(attempt)}>
                {attempt.reference}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Outcome({ outcome }: { outcome: Attempt['outcome'] }) {
  const state = outcome === 'accepted' ? 'verified' : 'refused';
  return (
    <span className={`attempt-outcome attempt-${outcome}`}>
      <IdentityGlyph state={state} silent /> {words.attempts[outcome]}
    </span>
  );
}
