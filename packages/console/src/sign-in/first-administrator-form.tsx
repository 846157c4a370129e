import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { welcomeApi } from '../api/staff-sign-in.ts';
import { words } from '../strings/words.ts';
import { NewPasswordField, passwordProblem } from './new-password-field.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { useAttempt } from './use-attempt.ts';

const { welcome: w, signIn } = words;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const NOTHING_WRONG = { name: null, email: null, password: null };

/** Who sets this node up. */
export function FirstAdministratorForm(props: { token: string; onDone: () => Promise<void> }) {
  const nameRef = useRef<HTMLInputElement>(null);
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] =
    useState<Record<keyof typeof NOTHING_WRONG, string | null>>(NOTHING_WRONG);
  const attempt = useAttempt();
  useEffect(() => nameRef.current?.focus(), []);

  const submit = () => {
    const name = nameRef.current?.value.trim() ?? '';
    const email = emailRef.current?.value.trim() ?? '';
    const password = passwordRef.current?.value ?? '';
    const found = {
      name: name === '' ? w.nameMissing : null,
      email: ADDRESS.test(email) ? null : signIn.emailMissing,
      password: passwordProblem(password),
    };
    setWrong(found);
    if (found.name) nameRef.current?.focus();
    else if (found.email) emailRef.current?.focus();
    else if (found.password) passwordRef.current?.focus();
    else {
      void attempt.run(async () => {
        await welcomeApi.first({ token: props.token, name, email, password });
        await props.onDone();
      });
    }
  };

  return (
    <SignInCard title={w.first} lead={w.firstLead} {...attempt} onSubmit={submit}>
      <TextInput ref={nameRef} label={w.name} name="name" autoComplete="name" error={wrong.name} />
      <TextInput
        ref={emailRef}
        label={signIn.email}
        name="email"
        type="email"
        autoComplete="email"
        error={wrong.email}
      />
      <NewPasswordField fieldRef={passwordRef} error={wrong.password} />
      <Button type="submit" loading={attempt.busy} fullWidth size="md">
        {w.firstSubmit}
      </Button>
    </SignInCard>
  );
}
