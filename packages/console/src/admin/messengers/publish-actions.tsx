import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { administrationApi } from '../../api/administration-api.ts';
import { RequestError } from '../../api/request.ts';
import { ConfirmDialog } from '../../dialog/confirm-dialog.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { entriesKey } from '../object/use-entry.ts';
import type { ObjectForm } from '../object/use-object-form.ts';

const { messengers: w } = adminWords;

type Form = ObjectForm<'messengerConfigurations'>;

/** Publishes what is in the form: it is saved as the draft first. */
export function PublishActions({ form }: { form: Form }) {
  const { entry } = form;
  const { busy, said, failure, publish } = usePublish(form);
  const hasNothingNew = entry !== null && !form.dirty && !entry.draft;
  return (
    <>
      <Button
        variant="filled"
        loading={busy}
        disabled={hasNothingNew}
        title={w.publishHint(entry?.usedByCount ?? 0)}
        onClick={() => void publish()}
      >
        {w.publish}
      </Button>
      {entry?.draft && entry.version > 0 ? <DiscardDraft form={form} id={entry.id} /> : null}
      <p className={failure ? 'screen-problem' : 'secondary'} role="status">
        {failure ?? said}
      </p>
    </>
  );
}

function usePublish(form: Form) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const publish = async () => {
    setSaid('');
    setFailure(null);
    const { entry } = form;
    const saved = form.dirty || !entry ? await form.save() : entry;
    if (!saved?.draft) return;
    setBusy(true);
    try {
      const published = await administrationApi.publish(saved.id, saved.draft.version);
      form.accept(published);
      setSaid(w.published(published.version));
    } catch (error) {
      setFailure((error instanceof RequestError && error.detail) || w.publishFailed);
    }
    setBusy(false);
    if (entry) return;
    const params = { section: 'messengerConfigurations', id: saved.id };
    await navigate({ to: '/admin/$section/$id', params, replace: true });
  };
  return { busy, said, failure, publish };
}

function DiscardDraft({ form, id }: { form: Form; id: string }) {
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const discard = async () => {
    await administrationApi.discardDraft(id);
    form.discard();
    await client.invalidateQueries({ queryKey: entriesKey });
  };
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setOpened(true)}>
        {w.discardDraft}
      </Button>
      <ConfirmDialog
        opened={opened}
        title={w.discardTitle}
        effect={w.discardLead}
        submit={w.discardDraft}
        failed={w.discardFailed}
        onConfirm={discard}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
