import type { TriedToken } from '@countersign/protocol';
import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { Dialog, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { insideDialog } from '../dialog/inside-dialog.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { Findings } from './findings.tsx';
import { useSettings } from './use-settings.ts';

const { tryToken: w } = words;

/** Pastes a token, reads the checks. What was pasted is forgotten when the dialog closes. */
export function TryTokenDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} size={560} title={w.title}>
      {opened ? <TryToken /> : null}
    </Dialog>
  );
}

function TryToken() {
  const [tried, setTried] = useState<TriedToken | null>(null);
  if (tried === null) return <TokenForm onTried={setTried} />;
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

function TokenForm({ onTried }: { onTried: (tried: TriedToken) => void }) {
  const settings = useSettings();
  const options = (settings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [token, setToken] = useState('');
  const [state, setState] = useState<'idle' | 'checked' | 'busy'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const setting = chosen ?? (options.length === 1 ? (options[0]?.value ?? null) : null);
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
      <Select
        comboboxProps={insideDialog}
        label={w.setting}
        data={options}
        value={setting}
        onChange={setChosen}
        allowDeselect={false}
        error={complain && setting === null ? w.settingMissing : null}
      />
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
