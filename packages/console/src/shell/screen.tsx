import { type ReactNode, useEffect } from 'react';
import { words } from '../strings/words.ts';
import './screen.css';

interface Props {
  title: string;
  lead: string;
  /** Null: this person may see the screen. Otherwise what says that they may not. */
  refusal: string | null;
  children: ReactNode;
}

/** A screen of its own beside the inbox: heading, one sentence, and what it shows. */
export function Screen({ title, lead, refusal, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title]);
  if (refusal !== null) {
    return (
      <main className="state">
        <h1>{refusal}</h1>
      </main>
    );
  }
  return (
    <main className="screen">
      <header>
        <h1>{title}</h1>
        <p className="secondary">{lead}</p>
      </header>
      {children}
    </main>
  );
}
