import type { Welcome } from '@countersign/protocol';
import { Button, TextInput } from '@mantine/core';
import { startRegistration } from '@simplewebauthn/browser';
import { IconFingerprint } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { thisDevice } from '../account/device-name.ts';
import { type NextStep, welcomeApi } from '../api/staff-sign-in.ts';
import { words } from '../strings/words.ts';
import { NewPasswordField, passwordProblem } from './new-password-field.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { useAttempt } from './use-attempt.ts';

const { welcome: w, signIn } = words;

interface Props {
  token: string;
  invitation: Extract<Welcome, { kind: 'invitation' }>;
  onStep: (next: NextStep) => Promise<void>;
}

/** A password of one's own, or a passkey instead. */
export function InvitationForm({ token, invitation, onStep }: Props) {
  const passwordRef = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const attempt = useAttempt();
  useEffect(() => passwordRef.current?.focus(), []);

  const submit = () => {
    const password = passwordRef.current?.value ?? '';
    const problem = passwordProblem(password);
    setWrong(problem);
    if (problem) passwordRef.current?.focus();
    else void attempt.run(async () => onStep(await welcomeApi.password(token, password)));
  };
  const enrol = async () => {
    const optionsJSON = await welcomeApi.passkeyOptions(token);
    await welcomeApi.passkey(token, await startRegistration({ optionsJSON }), thisDevice());
    await onStep('signed-in');
  };

  return (
    <SignInCard
      title={w.invited(invitation.name)}
      lead={w.invitedLead(invitation.email)}
      {...attempt}
      onSubmit={submit}
    >
      {/* Whose password this is, for the person and for whatever keeps it for them */}
      <TextInput
        label={signIn.email}
        name="email"
        autoComplete="email"
        value={invitation.email}
        readOnly
      />
      <NewPasswordField fieldRef={passwordRef} error={wrong} />
      <Button type="submit" loading={attempt.busy} fullWidth size="md">
        {w.setPassword}
      </Button>
      {invitation.passkey ? (
        <>
          <p className="sign-in-or secondary">{signIn.or}</p>
          <Button
            variant="default"
            fullWidth
            leftSection={<IconFingerprint size={18} stroke={1.5} aria-hidden />}
            disabled={attempt.busy}
            onClick={() => void attempt.run(enrol)}
          >
            {w.passkeyInstead}
          </Button>
        </>
      ) : null}
    </SignInCard>
  );
}
