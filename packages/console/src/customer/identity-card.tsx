import type { Conversation, Identity } from '@countersign/protocol';
import { trailPath } from '../api/workspace-api.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { absolute, moment } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { type FactRow, Facts } from './facts.tsx';

/** "Authenticated: Yes" means `verified` and nothing else. */
export function IdentityCard({ conversation }: { conversation: Conversation }) {
  const now = useNow(60_000);
  const { identity } = conversation;
  const { state } = identity;
  return (
    <section className="customer-card">
      <h2 className="identity-card-title">
        <IdentityGlyph state={state} size={20} />
        {words.customer.authenticated(state === 'verified')}
      </h2>
      <p className="secondary identity-card-why">{words.customer.why[state]}</p>
      <Facts rows={identityFacts(identity, now)} />
      <a
        className="identity-card-trail"
        href={trailPath(conversation.id)}
        title={words.trail.hint}
        download
      >
        {words.trail.download}
      </a>
    </section>
  );
}

function identityFacts(identity: Identity, now: number): FactRow[] {
  const { customer, method } = words;
  if (identity.state !== 'verified' && identity.state !== 'lapsed') return [];
  const how = identity.method ? method[identity.method] : null;
  const { since, until } = identity;
  return [
    {
      name: customer.provenBy,
      value: [identity.setting, how ? `(${how})` : null].filter(Boolean).join(' '),
    },
    { name: customer.issuer, value: readableIssuer(identity.issuer), hint: identity.issuer },
    { name: customer.subject, value: identity.subject },
    { name: customer.since, value: since && moment(since, now), hint: since && absolute(since) },
    {
      name: identity.state === 'lapsed' ? customer.wasUntil : customer.until,
      value: until ? moment(until, now) : identity.state === 'lapsed' ? null : customer.sessionEnd,
      hint: until ? absolute(until) : undefined,
    },
    { name: customer.key, value: identity.keyId },
  ];
}

/** An https issuer without its scheme; anything else as it is. */
const readableIssuer = (issuer: string | undefined): string | undefined =>
  issuer?.replace(/^https:\/\//, '').replace(/\/$/, '');
