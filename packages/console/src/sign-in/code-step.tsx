import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { RequestError } from '../api/request.ts';
import { staffSignIn } from '../api/staff-sign-in.ts';
import { words } from '../strings/words.ts';
import { SignInCard } from './sign-in-card.tsx';
import { useAttempt } from './use-attempt.ts';

const { signIn: w } = words;

interface Props {
  onDone: () => Promise<unknown>;
  onBack: () => void;
}

/** The second factor: a code of the app, or one of the recovery codes. */
export function CodeStep({ onDone, onBack }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<'code' | 'recovery'>('code');
  const [missing, setMissing] = useState(false);
  const [over, setOver] = useState(false);
  const attempt = useAttempt();
  const isCode = kind === 'code';
  useEffect(() => field.current?.focus(), []);

  const submit = () => {
    const code = (field.current?.value ?? '').replace(/\s/g, '');
    setMissing(code === '');
    if (code === '') return field.current?.focus();
    return void attempt.run(async () => {
      await (isCode ? staffSignIn.code(code) : staffSignIn.recoveryCode(code)).catch(noteOver);
      await onDone();
    });
  };
  const noteOver = (error: unknown) => {
    setOver(error instanceof RequestError && error.code === 'sign_in_again');
    throw error;
  };
  const change = () => {
    setKind(isCode ? 'recovery' : 'code');
    setMissing(false);
    attempt.say(null);
    if (field.current) field.current.value = '';
    field.current?.focus();
  };

  return (
    <SignInCard
      title={w.codeTitle}
      lead={isCode ? w.codeLead : w.recoveryLead}
      {...attempt}
      onSubmit={submit}
    >
      <TextInput
        ref={field}
        label={isCode ? w.code : w.recoveryCode}
        name="code"
        inputMode={isCode ? 'numeric' : 'text'}
        autoComplete={isCode ? 'one-time-code' : 'off'}
        error={missing ? w.codeMissing : null}
      />
      <Button type="submit" loading={attempt.busy} fullWidth size="md" disabled={over}>
        {w.codeSubmit}
      </Button>
      <Button variant="subtle" fullWidth onClick={change}>
        {isCode ? w.useRecovery : w.useCode}
      </Button>
      <Button variant={over ? 'filled' : 'subtle'} fullWidth onClick={onBack}>
        {w.startAgain}
      </Button>
    </SignInCard>
  );
}
