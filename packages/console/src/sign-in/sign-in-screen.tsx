import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type SignInResult, signIn } from '../api/staff-sign-in.ts';
import { Mark } from '../identity/mark.tsx';
import { meKey } from '../query-client.ts';
import { words } from '../strings/words.ts';
import './sign-in-screen.css';

type Failure = Exclude<SignInResult, 'signed-in'>;
type Missing = { email?: boolean; password?: boolean };

/** `ended`: somebody was signed in on this page, and comes back to the same place. */
export function SignInScreen({ ended }: { ended: boolean }) {
  const form = useSignIn();
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={form.submit} noValidate>
        <div className="sign-in-brand">
          <Mark size={36} />
          <span>{words.product}</span>
        </div>
        <h1>{words.signIn.title}</h1>
        <p className="secondary">{ended ? words.signIn.ended : words.signIn.lead}</p>
        {form.failure ? (
          <p className="sign-in-failure" role="alert" ref={form.failureRef} tabIndex={-1}>
            {words.signIn[form.failure]}
          </p>
        ) : null}
        <TextInput
          ref={form.emailRef}
          label={words.signIn.email}
          name="email"
          type="email"
          autoComplete="email"
          error={form.missing.email ? words.signIn.emailMissing : null}
        />
        <PasswordInput
          ref={form.passwordRef}
          label={words.signIn.password}
          name="password"
          autoComplete="current-password"
          error={form.missing.password ? words.signIn.passwordMissing : null}
        />
        <Button type="submit" loading={form.busy} fullWidth size="md">
          {words.signIn.submit}
        </Button>
      </form>
    </main>
  );
}

function useSignIn() {
  const client = useQueryClient();
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const failureRef = useRef<HTMLParagraphElement>(null);
  const [missing, setMissing] = useState<Missing>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => emailRef.current?.focus(), []);
  useEffect(() => {
    if (failure) failureRef.current?.focus();
  }, [failure]);

  const attempt = async (email: string, password: string) => {
    setBusy(true);
    setFailure(null);
    const result = await signIn(email, password);
    setBusy(false);
    if (result === 'signed-in') await client.invalidateQueries({ queryKey: meKey });
    else setFailure(result);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const email = emailRef.current?.value.trim() ?? '';
    const password = passwordRef.current?.value ?? '';
    setMissing({ email: email === '', password: password === '' });
    if (email === '') emailRef.current?.focus();
    else if (password === '') passwordRef.current?.focus();
    else void attempt(email, password);
  };

  return { emailRef, passwordRef, failureRef, missing, failure, busy, submit };
}
