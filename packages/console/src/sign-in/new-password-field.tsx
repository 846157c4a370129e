import { PasswordInput } from '@mantine/core';
import type { Ref } from 'react';
import { words } from '../strings/words.ts';

export const LEAST_CHARACTERS = 8;

/** What is wrong with a password that is to be set; null: nothing. */
export const passwordProblem = (password: string): string | null =>
  password.length < LEAST_CHARACTERS ? words.account.passwordShort(LEAST_CHARACTERS) : null;

/** A password that is to be set: how long it has to be stands there before it is typed. */
export function NewPasswordField({
  fieldRef,
  error,
}: {
  fieldRef: Ref<HTMLInputElement>;
  error: string | null;
}) {
  return (
    <PasswordInput
      ref={fieldRef}
      label={words.account.newPassword}
      description={words.account.passwordHint(LEAST_CHARACTERS)}
      name="new-password"
      autoComplete="new-password"
      error={error}
    />
  );
}
