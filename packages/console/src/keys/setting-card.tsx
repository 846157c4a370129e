import type { AuthenticationSettingStatus, KeySource } from '@countersign/protocol';
import { reasonName } from '../attempts/reason-name.ts';
import { Facts } from '../customer/facts.tsx';
import { words } from '../strings/words.ts';
import { absolute, relative } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { HealthPill } from './health-pill.tsx';
import { KeyTable } from './key-table.tsx';
import { RefetchButton } from './refetch-button.tsx';

const { keys: w } = words;

/** One authentication setting: its health, where its keys come from, and the keys. */
export function SettingCard({ setting }: { setting: AuthenticationSettingStatus }) {
  const now = useNow(30_000);
  const { id, name, health, lastSuccess, lastFailure } = setting;
  const heading = `setting-${id}`;
  const ago = (at: string) => w.ago(relative(at, now));
  return (
    <section className="setting-card" aria-labelledby={heading}>
      <header className="setting-card-header">
        <div>
          <h2 id={heading}>{name}</h2>
          <p className="secondary">{w.types[setting.type]}</p>
        </div>
        <RefetchButton id={id} />
      </header>
      <p className={`setting-health setting-health-${health.colour}`}>
        <HealthPill colour={health.colour} /> <span>{health.why}</span>
      </p>
      <Facts
        rows={[
          { name: w.usedBy, value: setting.usedBy.map((one) => one.name).join(', ') || w.nobody },
          {
            name: w.lastSuccess,
            value: lastSuccess ? `${ago(lastSuccess.at)}, ${lastSuccess.reference}` : w.never,
            hint: lastSuccess ? absolute(lastSuccess.at) : undefined,
          },
          {
            name: w.lastFailure,
            value: lastFailure
              ? `${ago(lastFailure.at)}, ${lastFailure.reference}: ${reasonName(lastFailure.reason)}`
              : w.never,
            hint: lastFailure ? absolute(lastFailure.at) : undefined,
          },
        ]}
      />
      <div>
        <h3>{w.sources}</h3>
        <ul className="key-sources">
          {setting.sources.map((source) => (
            <Source key={source.url} source={source} ago={ago} />
          ))}
        </ul>
      </div>
      <KeyTable setting={setting} now={now} />
    </section>
  );
}

function Source({ source, ago }: { source: KeySource; ago: (at: string) => string }) {
  const { kind, url, fetchedAt, lastFailure, failing, clockSkewSeconds } = source;
  return (
    <li>
      <div className="key-source-url">{url}</div>
      <div className="secondary">
        {w.kinds[kind]}, {fetchedAt ? w.fetched(ago(fetchedAt)) : w.notFetched}
        {clockSkewSeconds ? `, ${w.clock(clockSkewSeconds)}` : ''}
      </div>
      {lastFailure ? (
        <div className={failing ? 'key-problem' : 'secondary'}>
          {failing
            ? w.failing(ago(lastFailure.at), lastFailure.problem)
            : w.failedBefore(ago(lastFailure.at), lastFailure.problem)}
        </div>
      ) : null}
      {source.unusable.map(({ kid, why }) => (
        <div key={`${kid}${why}`} className="key-problem">
          {w.unusable(kid ?? w.noKid, why)}
        </div>
      ))}
    </li>
  );
}
