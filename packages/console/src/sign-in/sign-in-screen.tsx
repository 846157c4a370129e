import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { meKey } from '../query-client.ts';
import { CodeStep } from './code-step.tsx';
import { PasswordStep } from './password-step.tsx';

type Step = 'password' | 'code';

/** `ended`: somebody was signed in on this page, and comes back to the same place. */
export function SignInScreen({ ended }: { ended: boolean }) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>('password');
  const done = async () => client.invalidateQueries({ queryKey: meKey });
  if (step === 'code') return <CodeStep onDone={done} onBack={() => setStep('password')} />;
  return (
    <PasswordStep
      ended={ended}
      onStep={async (next) => (next === 'signed-in' ? done() : setStep('code'))}
    />
  );
}
