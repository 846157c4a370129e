import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField, useForm } from '../object/form-context.ts';
import { randomToken } from './random-token.ts';

const { apiKeys: w } = adminWords;
const sealed = { sealed: true } as const;

/** What is stored is a hash: it can be replaced, and never read. */
export function TokenField() {
  const { id, value, set, error } = useField('token', w.key);
  const { readOnly } = useForm();
  const isNew = typeof value === 'string';
  return (
    <div className="field-secret">
      <span className="field-secret-stored" role="status">
        <IconLock size={16} stroke={1.5} aria-hidden /> {isNew ? w.replacing : w.stored}
      </span>
      {readOnly ? null : (
        <Button
          id={id}
          variant="default"
          size="compact-sm"
          onClick={() => set(isNew ? sealed : randomToken())}
        >
          {isNew ? w.keep : w.replace}
        </Button>
      )}
      {error ? (
        <p className="screen-problem" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
