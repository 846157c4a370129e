import type { DryRun } from '@countersign/protocol';
import { Fragment } from 'react';
import { readableValue } from '../customer/customer-facts.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { Because } from './because.tsx';
import { RuleTrace } from './rule-trace.tsx';

const { dryRun: w } = words;

/** Where it goes, then everything that led there, in the order it happened. */
export function DryRunResult({ tried }: { tried: DryRun }) {
  return (
    <>
      <Outcome tried={tried} />
      <section className="screen-card">
        <h2>{w.identity}</h2>
        {tried.refusal ? (
          <p className="screen-problem">
            {w.tokenRefused(tried.refusal.reason)} {tried.refusal.remedy}
          </p>
        ) : null}
        <p>
          <IdentityGlyph state={tried.identity.state} silent />{' '}
          {words.identity[tried.identity.state]}
          {tried.identity.subject ? `, ${tried.identity.subject}` : ''}
        </p>
        <h3>{w.context}</h3>
        <Context context={tried.context} />
      </section>
      <section className="screen-card">
        <h2>{w.classification}</h2>
        <Classification classification={tried.classification} />
      </section>
      <section className="screen-card">
        <h2>{w.rules}</h2>
        {tried.rules.length === 0 ? <p className="secondary">{w.noRules}</p> : null}
        <RuleTrace rules={tried.rules} decided={tried.result.routing.rule} />
      </section>
    </>
  );
}

function Outcome({ tried: { result } }: { tried: DryRun }) {
  const { queue, priority, routing, overflow } = result;
  return (
    <section className="screen-card dry-run-outcome">
      <h2>{w.result}</h2>
      <p>
        <strong>{w.goesTo(queue, priority)}</strong>{' '}
        {routing.rule === null ? w.byFallback : w.byRule(routing.rule)}
      </p>
      <Because because={routing.because} />
      {overflow ? <p className="level-warning">{w.overflow(overflow)}</p> : null}
    </section>
  );
}

function Context({ context }: Pick<DryRun, 'context'>) {
  if (context.length === 0) return <p className="secondary">{w.noContext}</p>;
  const { fromCustomer, fromSystem } = words.customer;
  const origins = { signed: w.signed, customer: fromCustomer, system: fromSystem };
  return (
    <dl className="facts">
      {context.map(({ name, value, origin }) => (
        <div key={`${name} ${origin}`}>
          <dt>{name}</dt>
          <dd>
            {readableValue(value)} <span className="secondary">{origins[origin]}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Classification({ classification }: Pick<DryRun, 'classification'>) {
  if (classification.length === 0) return <p className="secondary">{w.noClassification}</p>;
  return classification.map(({ ruleset, rule, because, fault }) => (
    <Fragment key={ruleset}>
      <p>{w.ruleset(ruleset, rule)}</p>
      <Because because={because} />
      {fault ? <p className="screen-problem">{fault}</p> : null}
    </Fragment>
  ));
}
