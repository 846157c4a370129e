import { Button, Input, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { administrationApi } from '../../api/administration-api.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { mayReadSecrets } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { CopyButton } from '../copy/copy-button.tsx';
import { useField, useForm } from '../object/form-context.ts';
import { isMap, valueAt } from '../object/paths.ts';
import { type FieldProps, labelOf } from './label-of.ts';

const { secret: w } = adminWords;

const sealed = { sealed: true } as const;
const isSealed = (value: unknown): boolean => isMap(value) && value.sealed === true;

interface Props extends FieldProps {
  multiline?: boolean;
  /** Only its hash is stored: nobody can look at it, and what is left out stays as it is. */
  hashed?: boolean;
}

/** Write-only: what is stored is not shown, but it can be replaced. Whoever may read secrets can look. */
export function SecretField({ multiline = false, hashed = false, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const { id: object } = useForm();
  const [wasStored] = useState(() => isSealed(value));
  if (isSealed(value)) {
    return (
      <Input.Wrapper
        labelElement="div"
        label={labelOf(props)}
        description={props.description}
        error={error}
      >
        <div className="field-secret">
          <span className="field-secret-stored">
            <IconLock size={16} stroke={1.5} aria-hidden /> {w.stored}
          </span>
          <Button id={id} variant="default" size="compact-sm" onClick={() => set('')}>
            {w.replace}
          </Button>
          {props.optional && !hashed ? (
            <Button variant="subtle" size="compact-sm" onClick={() => set(undefined)}>
              {w.remove}
            </Button>
          ) : null}
          {object === null || hashed ? null : <Stored object={object} {...props} />}
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <div className="field-secret-new">
      <PasswordInput
        id={id}
        label={labelOf(props)}
        description={props.description}
        error={error}
        autoComplete="new-password"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => {
          const text = event.currentTarget.value;
          set(text === '' && !wasStored ? undefined : text);
        }}
        {...(multiline ? { classNames: { innerInput: 'field-exact' } } : {})}
      />
      {wasStored ? (
        <Button variant="subtle" size="compact-sm" onClick={() => set(sealed)}>
          {w.keep}
        </Button>
      ) : null}
    </div>
  );
}

/** The stored one in clear, for whoever may. */
function Stored({ object, path, label }: FieldProps & { object: string }) {
  const roles = useWorkspaceState((state) => state.me.roles);
  const { section } = useForm();
  const read = useMutation({
    mutationFn: async () => {
      const entry = await administrationApi.entryWithSecrets(section, object);
      const text = valueAt(entry.object, path);
      return typeof text === 'string' ? text : '';
    },
    gcTime: 0,
  });
  if (!mayReadSecrets(roles)) return null;
  if (read.isSuccess) {
    return (
      <span className="field-secret-shown">
        <code>{read.data}</code>
        <CopyButton text={read.data} what={label} />
        <Button variant="subtle" size="compact-sm" onClick={() => read.reset()}>
          {w.hide}
        </Button>
      </span>
    );
  }
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        title={w.shownHint}
        loading={read.isPending}
        onClick={() => read.mutate()}
      >
        {w.show}
      </Button>
      {read.isError ? (
        <span className="screen-problem" role="alert">
          {w.showFailed}
        </span>
      ) : null}
    </>
  );
}
