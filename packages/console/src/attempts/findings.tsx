import type { AttemptCheck, TriedToken } from '@countersign/protocol';
import { IconMinus } from '@tabler/icons-react';
import { type FactRow, Facts } from '../customer/facts.tsx';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';

const { attempts: w } = words;

/** What the checks of a token found: the remedy, the facts, each check, the claims. */
export function Findings({ findings, facts = [] }: { findings: TriedToken; facts?: FactRow[] }) {
  return (
    <>
      {findings.hint ? (
        <div className="attempt-hint">
          <h3>{w.hint}</h3>
          <p>{findings.hint}</p>
        </div>
      ) : null}
      <Facts rows={[...facts, ...measured(findings)]} />
      <section>
        <h3>{w.checks}</h3>
        <ol className="attempt-checks">
          {findings.checks.map((check) => (
            <Check key={check.name} check={check} />
          ))}
        </ol>
      </section>
      {findings.claims.length > 0 ? <Claims findings={findings} /> : null}
    </>
  );
}

function measured({ issuer, subject, ...rest }: TriedToken): FactRow[] {
  const { key, keyId, issuedAheadSeconds, clockSkewSeconds, durationMs } = rest;
  return [
    { name: w.issuer, value: issuer },
    { name: w.subject, value: subject },
    {
      name: w.key,
      value: key ? w.keyUsed(key.kid ?? w.noKid, key.thumbprint, key.url) : keyId,
    },
    {
      name: w.issued,
      value: issuedAheadSeconds === null ? null : w.issuedAhead(issuedAheadSeconds),
    },
    { name: w.clock, value: clockSkewSeconds === null ? null : w.clockSkew(clockSkewSeconds) },
    { name: w.duration, value: durationMs === null ? null : w.milliseconds(durationMs) },
  ];
}

function Check({ check }: { check: AttemptCheck }) {
  const open = check.judged === false;
  const outcome = open ? w.notJudged : check.passed ? w.passed : w.notPassed;
  return (
    <li className={check.passed ? '' : 'attempt-check-failed'}>
      {open ? (
        <IconMinus className="glyph" size={16} stroke={1.5} aria-hidden />
      ) : (
        <IdentityGlyph state={check.passed ? 'verified' : 'refused'} silent />
      )}
      <div>
        <strong>{check.name}</strong> <span className="secondary">{outcome}</span>
        <dl>
          {check.observed && !open ? <Seen name={w.observed} value={check.observed} /> : null}
          {check.expected ? <Seen name={w.expected} value={check.expected} /> : null}
        </dl>
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

function Claims({ findings }: { findings: TriedToken }) {
  return (
    <section>
      <h3>{w.claims}</h3>
      <dl className="attempt-claims">
        {findings.claims.map(({ name, shown, redacted }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={redacted ? 'attempt-claim-redacted' : ''}>{shown}</dd>
          </div>
        ))}
      </dl>
      <p className="secondary">{w.claimsHint}</p>
    </section>
  );
}
