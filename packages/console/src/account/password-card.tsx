import type { Account } from '@countersign/protocol';
import { Button, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { accountApi } from '../api/account-api.ts';
import { Dialog, DialogActions, DialogForm } from '../dialog/dialog.tsx';
import { NewPasswordField, passwordProblem } from '../sign-in/new-password-field.tsx';
import { useAttempt } from '../sign-in/use-attempt.ts';
import { words } from '../strings/words.ts';
import { accountKey } from './account-key.ts';
import { Card } from './card.tsx';
import { Outcome } from './outcome.tsx';

const { account: w } = words;

export function PasswordCard({ account }: { account: Account }) {
  const [opened, setOpened] = useState(false);
  const [changed, setChanged] = useState(false);
  return (
    <Card title={w.password} hint={account.password ? w.passwordSet : w.passwordNone}>
      <div className="account-line">
        <Button variant="default" onClick={() => setOpened(true)}>
          {account.password ? w.changePassword : w.setPassword}
        </Button>
        <p className="secondary" role="status">
          {changed ? w.passwordChanged : ''}
        </p>
      </div>
      <Dialog
        opened={opened}
        title={account.password ? w.changePassword : w.setPassword}
        onClose={() => setOpened(false)}
      >
        <PasswordForm
          account={account}
          onCancel={() => setOpened(false)}
          onDone={() => {
            setOpened(false);
            setChanged(true);
          }}
        />
      </Dialog>
    </Card>
  );
}

interface FormProps {
  account: Account;
  onCancel: () => void;
  onDone: () => void;
}

function PasswordForm({ account, onCancel, onDone }: FormProps) {
  const client = useQueryClient();
  const oldRef = useRef<HTMLInputElement>(null);
  const newRef = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const attempt = useAttempt();
  const submit = () => {
    const newPassword = newRef.current?.value ?? '';
    const problem = passwordProblem(newPassword);
    setWrong(problem);
    if (problem) return newRef.current?.focus();
    return attempt.run(async () => {
      await accountApi.changePassword(oldRef.current?.value, newPassword);
      await client.invalidateQueries({ queryKey: accountKey });
      onDone();
    });
  };
  return (
    <DialogForm onSubmit={submit}>
      {account.password ? (
        <PasswordInput
          ref={oldRef}
          data-autofocus
          label={w.oldPassword}
          name="old-password"
          autoComplete="current-password"
        />
      ) : null}
      <NewPasswordField fieldRef={newRef} error={wrong} />
      <p className="secondary">{w.passwordEffect}</p>
      <Outcome attempt={attempt} done={null} />
      <DialogActions onCancel={onCancel}>
        <Button type="submit" loading={attempt.busy}>
          {w.save}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
