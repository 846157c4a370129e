import type { Account } from '@countersign/protocol';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { DialogActions, DialogForm } from '../dialog/dialog.tsx';
import { useAttempt } from '../sign-in/use-attempt.ts';
import { words } from '../strings/words.ts';
import { Outcome } from './outcome.tsx';

const { account: w } = words;

interface Props {
  account: Account;
  effect: string;
  submit: string;
  /** Asks for a name as well, and begins with this one. */
  name?: string;
  onCancel: () => void;
  /** `password` is undefined where there is none. */
  onConfirm: (password: string | undefined, name: string) => Promise<void>;
}

/** What is about to change, and the password of whoever has one. */
export function ConfirmForm({ account, effect, submit, name, onCancel, onConfirm }: Props) {
  const nameRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const attempt = useAttempt();
  const confirm = () => {
    const password = account.password ? (passwordRef.current?.value ?? '') : undefined;
    setMissing(password === '');
    if (password === '') return passwordRef.current?.focus();
    const chosen = nameRef.current?.value.trim() || (name ?? '');
    return attempt.run(() => onConfirm(password, chosen));
  };
  return (
    <DialogForm onSubmit={confirm}>
      <p>{effect}</p>
      {name === undefined ? null : (
        <TextInput ref={nameRef} label={w.passkeyName} defaultValue={name} maxLength={100} />
      )}
      {account.password ? (
        <PasswordInput
          ref={passwordRef}
          data-autofocus
          label={w.confirmPassword}
          name="password"
          autoComplete="current-password"
          error={missing ? words.signIn.passwordMissing : null}
        />
      ) : null}
      <Outcome attempt={attempt} done={null} />
      <DialogActions onCancel={onCancel}>
        <Button type="submit" loading={attempt.busy}>
          {submit}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
