import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { SecretField } from '../fields/secret-field.tsx';
import { useForm, useValue } from '../object/form-context.ts';

const { appleAccounts: w } = adminWords;

/**
 * The secret of the provider, or two while it is changed: what is sent is signed with the first, what comes
 * is accepted with either.
 */
export function AccountSecrets() {
  const { set, readOnly } = useForm();
  const value = useValue('mspSecret');
  const [wasOne] = useState(() => !Array.isArray(value));
  if (!Array.isArray(value)) {
    return (
      <>
        <SecretField path="mspSecret" label={w.mspSecret} description={w.mspSecretHint} />
        {value === undefined || readOnly ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            className="field-add"
            leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
            onClick={() => set('mspSecret', ['', value])}
          >
            {w.rotate}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      <p className="screen-notice">{w.rotating}</p>
      <SecretField path="mspSecret[0]" label={w.newSecret} />
      <SecretField path="mspSecret[1]" label={w.oldSecret} />
      {readOnly ? null : (
        <div className="screen-bar">
          <Button variant="default" onClick={() => set('mspSecret', value[0])}>
            {w.keepNew}
          </Button>
          {wasOne ? (
            <Button variant="subtle" onClick={() => set('mspSecret', value[1])}>
              {w.keepOld}
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}
