import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type NextStep, staffSignIn } from '../api/staff-sign-in.ts';
import { words } from '../strings/words.ts';
import { OtherWays } from './other-ways.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { useAttempt } from './use-attempt.ts';

const { signIn: w } = words;

interface Props {
  ended: boolean;
  onStep: (next: NextStep) => Promise<unknown>;
}

export function PasswordStep({ ended, onStep }: Props) {
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState({ email: false, password: false });
  const [refused] = useState(companyRefusal);
  const attempt = useAttempt(refused ? w.problems.company_refused : null);
  useEffect(() => {
    if (!refused) emailRef.current?.focus();
  }, [refused]);

  const submit = () => {
    const email = emailRef.current?.value.trim() ?? '';
    const password = passwordRef.current?.value ?? '';
    setMissing({ email: email === '', password: password === '' });
    if (email === '') emailRef.current?.focus();
    else if (password === '') passwordRef.current?.focus();
    else {
      void attempt.run(async () => {
        await onStep(await staffSignIn.password(email, password));
      });
    }
  };

  return (
    <SignInCard title={w.title} lead={ended ? w.ended : w.lead} {...attempt} onSubmit={submit}>
      <TextInput
        ref={emailRef}
        label={w.email}
        name="email"
        type="email"
        autoComplete="email"
        error={missing.email ? w.emailMissing : null}
      />
      <PasswordInput
        ref={passwordRef}
        label={w.password}
        name="password"
        autoComplete="current-password"
        error={missing.password ? w.passwordMissing : null}
      />
      <Button type="submit" loading={attempt.busy} fullWidth size="md">
        {w.submit}
      </Button>
      <OtherWays attempt={attempt} onDone={() => onStep('signed-in')} />
    </SignInCard>
  );
}

/** Whether the company's provider has just sent somebody back in vain; told once. */
function companyRefusal(): boolean {
  if (!new URLSearchParams(location.search).has('error')) return false;
  history.replaceState(null, '', location.pathname);
  return true;
}
