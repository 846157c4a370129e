import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { accountApi } from '../api/account-api.ts';
import { DialogActions, DialogForm } from '../dialog/dialog.tsx';
import { useAttempt } from '../sign-in/use-attempt.ts';
import { words } from '../strings/words.ts';
import { Outcome } from './outcome.tsx';
import { QrCode } from './qr-code.tsx';

const { account: w } = words;

interface Props {
  uri: string;
  onCancel: () => void;
  onConfirmed: () => Promise<void>;
}

/** To be scanned, or typed where there is no camera; then the first code shows that it worked. */
export function ScanForm({ uri, onCancel, onConfirmed }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const attempt = useAttempt();
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const confirm = () => {
    const code = (field.current?.value ?? '').replace(/\s/g, '');
    if (code === '') return field.current?.focus();
    return attempt.run(async () => {
      await accountApi.confirmSecondFactor(code);
      await onConfirmed();
    });
  };
  return (
    <DialogForm onSubmit={confirm}>
      <p>{w.scan}</p>
      <QrCode text={uri} label={w.qr} />
      <div>
        <p className="secondary">{w.typeInstead}</p>
        <p className="account-secret">{secret.match(/.{1,4}/g)?.join(' ')}</p>
      </div>
      <TextInput
        ref={field}
        data-autofocus
        label={words.signIn.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
      />
      <Outcome attempt={attempt} done={null} />
      <DialogActions onCancel={onCancel}>
        <Button type="submit" loading={attempt.busy}>
          {w.turnOn}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
