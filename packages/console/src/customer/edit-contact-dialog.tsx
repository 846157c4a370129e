import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ContactDetails, contactFields, workspaceApi } from '../api/workspace-api.ts';
import { Dialog, DialogActions, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { words } from '../strings/words.ts';
import { ContactForm, useContactForm } from './contact-form.tsx';
import { changeFailure, useContactChange } from './use-contact.ts';

interface Props {
  contact: ContactDetails;
  opened: boolean;
  onClose: () => void;
}

export function EditContactDialog(props: Props) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.contacts.editTitle}>
      <EditForm {...props} />
    </Dialog>
  );
}

function EditForm({ contact, onClose }: Props) {
  const { contacts } = words;
  const form = useContactForm(contact);
  const [missing, setMissing] = useState(false);
  const change = useContactChange();
  const submit = async () => {
    setMissing(form.isEmpty);
    if (form.isEmpty) return;
    const changed = contactFields.filter(
      (field) => form.values[field].trim() !== (contact[field] ?? ''),
    );
    const values = changed.map((field) => [field, form.values[field].trim() || null]);
    const saved = await change.run(() =>
      workspaceApi.changeContact(contact.id, Object.fromEntries(values)),
    );
    if (saved) onClose();
  };
  return (
    <DialogForm onSubmit={submit}>
      <ContactForm form={form} provenBy={contact.provenBy} missing={missing} />
      <DialogFailure text={changeFailure(change.state)} />
      <DialogActions onCancel={onClose}>
        <Button type="submit" loading={change.busy}>
          {contacts.save}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
