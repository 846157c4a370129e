import { type ReactNode, useId } from 'react';

/** One thing of the account: what it is, how it stands, and what can be done about it. */
export function Card(props: { title: string; hint: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section className="screen-card account-card" aria-labelledby={heading}>
      <div>
        <h2 id={heading}>{props.title}</h2>
        <p className="secondary">{props.hint}</p>
      </div>
      {props.children}
    </section>
  );
}
