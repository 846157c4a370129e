import type { AuthenticationSettingStatus, KeyHealth } from '@countersign/protocol';
import { words } from '../strings/words.ts';
import { absolute, date, relative } from '../time/format-time.ts';
import { daysUntil } from './days-until.ts';
import { UsesGraph } from './uses-graph.tsx';

const { keys: w } = words;

interface Props {
  setting: AuthenticationSettingStatus;
  now: number;
}

export function KeyTable({ setting, now }: Props) {
  if (setting.keys.length === 0) return <p className="secondary">{w.noKeys}</p>;
  return (
    <table className="key-table" aria-label={w.table(setting.name)}>
      <thead>
        <tr>
          <th scope="col">{w.kid}</th>
          <th scope="col">{w.verdict}</th>
          <th scope="col">{w.uses}</th>
          <th scope="col">{w.lastUsed}</th>
          <th scope="col">{w.seen}</th>
          <th scope="col">{w.expiry}</th>
        </tr>
      </thead>
      <tbody>
        {setting.keys.map((key) => (
          <Key key={`${key.url} ${key.kid} ${key.thumbprint}`} health={key} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Key({ health, now }: { health: KeyHealth; now: number }) {
  const { kid, thumbprint, algorithm, bits, verdict, why, lastUsed, firstSeen } = health;
  return (
    <tr className={verdict === 'retired' ? 'key-retired' : ''}>
      <td data-label={w.kid}>
        <div>
          <strong>{kid ?? w.noKid}</strong>
          <div className="secondary">
            {algorithm}, {bits} bits
          </div>
          <code title="SHA-256">{thumbprint}</code>
        </div>
      </td>
      <td data-label={w.verdict}>
        <div>
          <strong className={`key-verdict key-verdict-${verdict}`}>{w.verdicts[verdict]}</strong>
          <div className="secondary">{why}</div>
        </div>
      </td>
      <td data-label={w.uses}>
        <UsesGraph days={health.usesPerDay} />
      </td>
      <td data-label={w.lastUsed}>
        {lastUsed ? (
          <time dateTime={lastUsed} title={absolute(lastUsed)}>
            {w.ago(relative(lastUsed, now))}
          </time>
        ) : (
          w.never
        )}
      </td>
      <td data-label={w.seen}>
        <time dateTime={firstSeen} title={absolute(firstSeen)}>
          {w.seenSince(date(firstSeen))}
        </time>
      </td>
      <td data-label={w.expiry}>
        <Expiry at={health.expiresAt} now={now} />
      </td>
    </tr>
  );
}

function Expiry({ at, now }: { at: string | null; now: number }) {
  if (at === null) return <span className="secondary">{w.noExpiry}</span>;
  return (
    <time dateTime={at} title={absolute(at)}>
      {w.endsIn(daysUntil(at, now))}
    </time>
  );
}
