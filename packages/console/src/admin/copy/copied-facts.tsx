import { CopyButton } from './copy-button.tsx';

export interface CopiedFact {
  name: string;
  text: string;
  /** Under it, in small. */
  hint?: string;
}

/** Names and values that are taken elsewhere, each with its button. */
export function CopiedFacts({ facts }: { facts: readonly CopiedFact[] }) {
  return (
    <dl className="copied-facts">
      {facts.map(({ name, text, hint }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>{text}</code>
            <CopyButton text={text} what={name} />
            {hint ? <p className="secondary">{hint}</p> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
