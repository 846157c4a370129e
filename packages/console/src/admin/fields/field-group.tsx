import { type ReactNode, useId } from 'react';

/** Fields that belong together, under a heading and one sentence of help. */
export function FieldGroup(props: { title: string; lead?: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section className="screen-card field-group" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{props.title}</h2>
        {props.lead ? <p className="secondary">{props.lead}</p> : null}
      </header>
      {props.children}
    </section>
  );
}
