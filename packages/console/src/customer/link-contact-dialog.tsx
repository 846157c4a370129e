import type { Conversation } from '@countersign/protocol';
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type ContactFound, type ContactValues, workspaceApi } from '../api/workspace-api.ts';
import { Dialog, DialogActions, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { words } from '../strings/words.ts';
import { ContactForm, useContactForm } from './contact-form.tsx';
import { ContactSearch } from './contact-search.tsx';
import { changeFailure, useContactChange } from './use-contact.ts';

interface Props {
  conversation: Conversation;
  /** What the customer says of themselves, to begin a new contact with. */
  said: ContactValues;
  opened: boolean;
  onClose: () => void;
}

/** Says whom the agent takes the customer for: somebody known, or somebody new. */
export function LinkContactDialog(props: Props) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.contacts.linkTitle}>
      <LinkForm {...props} />
    </Dialog>
  );
}

function LinkForm({ conversation, said, onClose }: Props) {
  const { contacts } = words;
  const [mode, setMode] = useState<'find' | 'create'>('find');
  const [chosen, setChosen] = useState<ContactFound | null>(null);
  const [missing, setMissing] = useState(false);
  const form = useContactForm(said);
  const change = useContactChange();
  const unchosen = missing && mode === 'find';
  const submit = async () => {
    const isMissing = mode === 'find' ? chosen === null : form.isEmpty;
    setMissing(isMissing);
    if (isMissing) return;
    const linked = await change.run(async () => {
      const { id } =
        chosen && mode === 'find' ? chosen : await workspaceApi.createContact(form.filled());
      return workspaceApi.linkContact(conversation.id, id);
    });
    if (linked) onClose();
  };
  return (
    <DialogForm onSubmit={submit}>
      <p>{contacts.linkLead}</p>
      <SegmentedControl
        aria-label={contacts.linkTitle}
        value={mode}
        onChange={(value) => {
          setMode(value === 'create' ? 'create' : 'find');
          setMissing(false);
        }}
        data={[
          { value: 'find', label: contacts.find },
          { value: 'create', label: contacts.create },
        ]}
      />
      {mode === 'find' ? (
        <ContactSearch
          label={contacts.search}
          except={conversation.contact?.id}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : (
        <ContactForm form={form} missing={missing} />
      )}
      <DialogFailure text={unchosen ? contacts.choose : changeFailure(change.state)} />
      <DialogActions onCancel={onClose}>
        <Button type="submit" loading={change.busy}>
          {mode === 'find' ? contacts.submitLink : contacts.submitCreate}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
