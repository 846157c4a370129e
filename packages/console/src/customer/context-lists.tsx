import type { ContextVariable, Conversation } from '@countersign/protocol';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { readableName, readableValue } from './customer-facts.ts';

/** Facts about the conversation, signed and unsigned apart. */
export function ContextLists({ context }: { context: readonly ContextVariable[] }) {
  const signed = context.filter((variable) => variable.origin === 'signed');
  const unsigned = context.filter((variable) => variable.origin !== 'signed');
  return (
    <>
      {context.length === 0 ? <p className="secondary">{words.customer.noContext}</p> : null}
      {signed.length > 0 ? (
        <div className="context-group">
          <h4 className="context-origin context-signed" title={words.customer.signedHint}>
            <IdentityGlyph state="verified" silent /> {words.customer.signed}
          </h4>
          <Variables variables={signed} />
        </div>
      ) : null}
      {unsigned.length > 0 ? (
        <div className="context-group">
          <h4 className="context-origin context-unsigned" title={words.customer.unsignedHint}>
            <IdentityGlyph state="anonymous" silent /> {words.customer.unsigned}
          </h4>
          <Variables variables={unsigned} />
        </div>
      ) : null}
    </>
  );
}

export function Variables({ variables }: { variables: ContextVariable[] }) {
  const from = {
    signed: null,
    customer: words.customer.fromCustomer,
    system: words.customer.fromSystem,
  };
  return (
    <dl className="facts">
      {variables.map((variable) => (
        <div key={`${variable.origin} ${variable.name}`}>
          <dt title={variable.name}>{readableName(variable.name)}</dt>
          <dd>
            {readableValue(variable.value)}{' '}
            {from[variable.origin] ? (
              <span className="secondary">{from[variable.origin]}</span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Why it is in its queue. */
export function RoutingSentence({ conversation }: { conversation: Conversation }) {
  const { routing } = conversation;
  if (!routing || !conversation.queue) return null;
  const because = routing.because.join(', and ');
  const { customer } = words;
  const sentence =
    routing.rule !== null && because
      ? customer.rule(routing.rule, because)
      : because
        ? customer.noRule(because)
        : customer.fallback;
  return <p className="secondary routing-sentence">{sentence}</p>;
}
