import { type FormEvent, type ReactNode, type Ref, useEffect } from 'react';
import { Mark } from '../identity/mark.tsx';
import { words } from '../strings/words.ts';
import './sign-in-screen.css';

interface Props {
  title: string;
  lead: string;
  problem: string | null;
  problemRef: Ref<HTMLParagraphElement>;
  onSubmit: () => void;
  children: ReactNode;
}

/** One step on the way in: what it is for, what went wrong, and its fields. */
export function SignInCard({ title, lead, problem, problemRef, onSubmit, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit} noValidate>
        <div className="sign-in-brand">
          <Mark size={36} />
          <span>{words.product}</span>
        </div>
        <h1>{title}</h1>
        <p className="secondary">{lead}</p>
        {problem ? (
          <p className="sign-in-failure" role="alert" ref={problemRef} tabIndex={-1}>
            {problem}
          </p>
        ) : null}
        {children}
      </form>
    </main>
  );
}
