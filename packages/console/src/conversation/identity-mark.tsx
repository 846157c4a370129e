import type { Entry } from '@countersign/protocol';
import { Tooltip } from '@mantine/core';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { absolute } from '../time/format-time.ts';
import type { Proof } from './proof-of-entry.ts';
import './identity-mark.css';

/** The identity state of one message as it was when written; who proved it on hover and focus. */
export function IdentityMark({ entry, proof }: { entry: Entry; proof: Proof | null }) {
  const word = words.mark[entry.identityState];
  return (
    <Tooltip
      label={<MarkCard entry={entry} proof={proof} />}
      events={{ hover: true, focus: true, touch: true }}
      position="top"
      classNames={{ tooltip: 'mark-card' }}
    >
      <button type="button" className="identity-mark" aria-label={word}>
        <IdentityGlyph state={entry.identityState} silent />
      </button>
    </Tooltip>
  );
}

function MarkCard({ entry, proof }: { entry: Entry; proof: Proof | null }) {
  const method = Object.entries(words.method).find(([key]) => key === proof?.method)?.[1];
  const facts = [
    [
      words.mark.provenBy,
      proof?.setting ? `${proof.setting}${method ? ` (${method})` : ''}` : null,
    ],
    [words.mark.issuer, proof?.issuer],
    [words.mark.subject, proof?.subject],
    [words.mark.signedIn, proof?.since ? absolute(proof.since) : null],
    [words.mark.sent, absolute(entry.at)],
  ] as const;
  return (
    <>
      <strong className={`mark-card-title identity-pill-${entry.identityState}`}>
        <IdentityGlyph state={entry.identityState} silent /> {words.mark[entry.identityState]}
      </strong>
      <dl className="facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </>
  );
}
