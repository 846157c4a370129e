import type { Account, Passkey } from '@countersign/protocol';
import { Button, TextInput } from '@mantine/core';
import { startRegistration } from '@simplewebauthn/browser';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { accountApi } from '../api/account-api.ts';
import { Dialog, DialogActions, DialogForm } from '../dialog/dialog.tsx';
import { useAttempt } from '../sign-in/use-attempt.ts';
import { words } from '../strings/words.ts';
import { date } from '../time/format-time.ts';
import { accountKey } from './account-key.ts';
import { Card } from './card.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import { thisDevice } from './device-name.ts';
import { Outcome } from './outcome.tsx';

const { account: w } = words;

type Asked = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: Passkey };

export function PasskeysCard({ account }: { account: Account }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { passkeys, passkeysWork } = account;
  const title =
    asked === null || asked.kind === 'add' ? w.addPasskey : w.passkey(asked.passkey.name);
  return (
    <Card title={w.passkeys} hint={passkeysWork ? w.passkeysHint : w.passkeysNeedName}>
      {passkeys.length > 0 ? (
        <ul className="account-list">
          {passkeys.map((passkey) => (
            <PasskeyLine key={passkey.id} passkey={passkey} onAsk={setAsked} />
          ))}
        </ul>
      ) : null}
      {passkeysWork ? (
        <div className="account-line">
          <Button variant="default" onClick={() => setAsked({ kind: 'add' })}>
            {w.addPasskey}
          </Button>
        </div>
      ) : null}
      <Dialog opened={asked !== null} title={title} onClose={() => setAsked(null)}>
        {asked ? (
          <AskedForm account={account} asked={asked} onClose={() => setAsked(null)} />
        ) : null}
      </Dialog>
    </Card>
  );
}

function PasskeyLine(props: { passkey: Passkey; onAsk: (asked: Asked) => void }) {
  const { passkey, onAsk } = props;
  const { name, synced, createdAt } = passkey;
  return (
    <li>
      <div>
        <span>{name}</span>
        <p className="secondary">
          {createdAt ? w.since(date(createdAt)) : ''} · {synced ? w.synced : w.thisDeviceOnly}
        </p>
      </div>
      <div>
        <Button
          variant="subtle"
          color="gray"
          aria-label={w.renameOf(name)}
          onClick={() => onAsk({ kind: 'rename', passkey })}
        >
          {w.rename}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          aria-label={w.removeOf(name)}
          onClick={() => onAsk({ kind: 'remove', passkey })}
        >
          {w.remove}
        </Button>
      </div>
    </li>
  );
}

interface FormProps {
  account: Account;
  asked: Asked;
  onClose: () => void;
}

function AskedForm({ account, asked, onClose }: FormProps) {
  const client = useQueryClient();
  const done = async () => {
    onClose();
    await client.invalidateQueries({ queryKey: accountKey });
  };
  if (asked.kind === 'add') {
    const add = async (password: string | undefined, name: string) => {
      const optionsJSON = await accountApi.passkeyOptions(password);
      await accountApi.addPasskey(await startRegistration({ optionsJSON }), name);
      await done();
    };
    const shared = { account, onCancel: onClose, name: thisDevice() };
    return <ConfirmForm {...shared} effect={w.passkeyEffect} submit={w.next} onConfirm={add} />;
  }
  return <ChangeForm asked={asked} onCancel={onClose} onDone={done} />;
}

interface ChangeProps {
  asked: Exclude<Asked, { kind: 'add' }>;
  onCancel: () => void;
  onDone: () => Promise<void>;
}

function ChangeForm({ asked: { kind, passkey }, onCancel, onDone }: ChangeProps) {
  const field = useRef<HTMLInputElement>(null);
  const attempt = useAttempt();
  const submit = () =>
    attempt.run(async () => {
      const name = field.current?.value.trim() || passkey.name;
      if (kind === 'rename') await accountApi.renamePasskey(passkey.id, name);
      else await accountApi.removePasskey(passkey.id);
      await onDone();
    });
  return (
    <DialogForm onSubmit={submit}>
      {kind === 'rename' ? (
        <TextInput
          ref={field}
          data-autofocus
          label={w.passkeyName}
          defaultValue={passkey.name}
          maxLength={100}
        />
      ) : (
        <p>{w.removePasskeyEffect}</p>
      )}
      <Outcome attempt={attempt} done={null} />
      <DialogActions onCancel={onCancel}>
        <Button type="submit" loading={attempt.busy}>
          {kind === 'rename' ? w.save : w.remove}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
