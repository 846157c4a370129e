import { Button, Skeleton, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ContactDetails,
  type ContactFound,
  type Merge,
  workspaceApi,
} from '../api/workspace-api.ts';
import { Dialog, DialogActions, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { ContactSearch } from './contact-search.tsx';
import { MergeComparison } from './merge-comparison.tsx';
import { useContactChange } from './use-contact.ts';

interface Props {
  contact: ContactDetails;
  opened: boolean;
  onClose: () => void;
  onMerged: (merge: Merge) => void;
}

/** Finds the other record, shows both and what moves, and merges with a reason. */
export function MergeDialog(props: Props) {
  const [other, setOther] = useState<ContactFound | null>(null);
  const [settled, setSettled] = useState(false);
  const again = () => {
    setOther(null);
    setSettled(false);
  };
  const close = () => {
    again();
    props.onClose();
  };
  return (
    <Dialog opened={props.opened} onClose={close} size="lg" title={words.contacts.mergeTitle}>
      {settled && other ? (
        <Decide {...props} onClose={close} other={other} onAgain={again} />
      ) : (
        <DialogForm onSubmit={() => setSettled(other !== null)}>
          <p>{words.contacts.mergeLead}</p>
          <ContactSearch
            label={words.contacts.mergeFind}
            except={props.contact.id}
            chosen={other}
            onChoose={setOther}
          />
          <DialogActions onCancel={close}>
            <Button type="submit" disabled={other === null}>
              {words.contacts.compare}
            </Button>
          </DialogActions>
        </DialogForm>
      )}
    </Dialog>
  );
}

interface DecideProps extends Props {
  other: ContactFound;
  onAgain: () => void;
}

function Decide({ contact, other, onAgain, onClose, onMerged }: DecideProps) {
  const { contacts } = words;
  const [swapped, setSwapped] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const change = useContactChange();
  const [from, into] = swapped ? [contact.id, other.id] : [other.id, contact.id];
  const preview = useQuery({
    queryKey: ['contact', 'merge-preview', from, into],
    queryFn: () => workspaceApi.mergePreview(from, into),
  });
  if (preview.isError) {
    return <LoadFailed text={contacts.failed} onRetry={() => void preview.refetch()} />;
  }
  if (!preview.data) return <Skeleton height={220} />;
  const { blocked } = preview.data;
  const hasFailed = change.state === 'failed' || change.state === 'refused';
  const submit = async () => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    const merge = await change.run(() => workspaceApi.mergeContact(from, into, reason.trim()));
    if (!merge) return;
    onMerged(merge);
    onClose();
  };
  return (
    <DialogForm onSubmit={submit}>
      <MergeComparison preview={preview.data} />
      {blocked === null || blocked === 'has_merges' ? (
        <Button variant="subtle" onClick={() => setSwapped(!swapped)}>
          {contacts.swap}
        </Button>
      ) : null}
      {blocked === null ? (
        <Textarea
          data-autofocus
          label={contacts.reason}
          description={contacts.reasonHint}
          required
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          error={missing ? contacts.reasonMissing : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : (
        <DialogFailure text={contacts.blocked[blocked]} />
      )}
      <DialogFailure text={hasFailed ? contacts.failed : null} />
      <DialogActions onCancel={onAgain} cancel={contacts.mergeOther}>
        <Button type="submit" disabled={blocked !== null} loading={change.busy}>
          {contacts.submitMerge}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
