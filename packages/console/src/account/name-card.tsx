import type { Account } from '@countersign/protocol';
import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { accountApi } from '../api/account-api.ts';
import { meKey } from '../query-client.ts';
import { useAttempt } from '../sign-in/use-attempt.ts';
import { words } from '../strings/words.ts';
import { Card } from './card.tsx';
import { Outcome } from './outcome.tsx';

const { account: w } = words;

export function NameCard({ account }: { account: Account }) {
  const field = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const [saved, setSaved] = useState(false);
  const attempt = useAttempt();
  const save = () => {
    const name = field.current?.value.trim() ?? '';
    if (name === '') return field.current?.focus();
    return void attempt.run(async () => {
      await accountApi.rename(name);
      setSaved(true);
      await client.invalidateQueries({ queryKey: meKey });
    });
  };
  return (
    <Card title={w.person} hint={account.email}>
      <form
        className="account-line"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput ref={field} label={w.name} defaultValue={account.name} autoComplete="name" />
        <Button type="submit" variant="default" loading={attempt.busy}>
          {w.save}
        </Button>
      </form>
      <Outcome attempt={attempt} done={saved ? w.saved : null} />
    </Card>
  );
}
