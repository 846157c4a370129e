import type { TriedToken } from '@countersign/protocol';
import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { insideDialog } from '../dialog/inside-dialog.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { Findings } from './findings.tsx';
import { useSettings } from './use-settings.ts';

const { tryToken: w } = words;

/** Pastes a token, reads the checks; `setting` where it is known already. */
export function TokenTrial({ setting }: { setting?: string }) {
  const [tried, setTried] = useState<TriedToken | null>(null);
  if (tried === null) return <TokenForm known={setting} onTried={setTried} />;
  const accepted = tried.outcome === 'accepted';
  return (
    <div className="attempt-detail" role="status">
      <p className={`attempt-outcome attempt-${tried.outcome}`}>
        <IdentityGlyph state={accepted ? 'verified' : 'refused'} silent />{' '}
        {accepted ? w.accepted : w.refused}
      </p>
      <Findings findings={tried} />
      <div className="dialog-actions">
        <Button variant="default" data-autofocus onClick={() => setTried(null)}>
          {w.again}
        </Button>
      </div>
    </div>
  );
}

interface FormProps {
  known: string | undefined;
  onTried: (tried: TriedToken) => void;
}

function TokenForm({ known, onTried }: FormProps) {
  const settings = useSettings();
  const options = (settings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [token, setToken] = useState('');
  const [state, setState] = useState<'idle' | 'checked' | 'busy'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const setting = known ?? chosen ?? (options.length === 1 ? (options[0]?.value ?? null) : null);
  const submit = async () => {
    setFailure(null);
    if (setting === null || token.trim() === '') {
      setState('checked');
      return;
    }
    setState('busy');
    try {
      onTried(await workspaceApi.tryToken(setting, token.trim()));
    } catch (error) {
      setState('idle');
      setFailure((error instanceof RequestError && error.detail) || w.failed);
    }
  };
  const complain = state === 'checked';
  return (
    <DialogForm onSubmit={submit}>
      <p>{w.lead}</p>
      {known === undefined ? (
        <Select
          comboboxProps={insideDialog}
          label={w.setting}
          data={options}
          value={setting}
          onChange={setChosen}
          allowDeselect={false}
          error={complain && setting === null ? w.settingMissing : null}
        />
      ) : null}
      <Textarea
        label={w.token}
        description={w.tokenHint}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        rows={6}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        classNames={{ input: 'try-token-text' }}
        error={complain && token.trim() === '' ? w.tokenMissing : null}
      />
      <DialogFailure text={failure} />
      <div className="dialog-actions">
        <Button type="submit" loading={state === 'busy'}>
          {w.submit}
        </Button>
      </div>
    </DialogForm>
  );
}
