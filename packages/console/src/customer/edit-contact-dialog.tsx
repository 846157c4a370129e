import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { type ContactDetails, contactFields, workspaceApi } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';
import { ContactForm, useContactForm } from './contact-form.tsx';
import { useContactChange } from './use-contact.ts';
import '../conversation/dialog.css';

interface Props {
  contact: ContactDetails;
  opened: boolean;
  onClose: () => void;
}

export function EditContactDialog(props: Props) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.contacts.editTitle}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <EditForm {...props} />
    </Modal>
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
    <form
      className="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ContactForm form={form} provenBy={contact.provenBy} missing={missing} />
      {change.state === 'failed' || change.state === 'refused' ? (
        <p className="dialog-failure" role="alert">
          {change.state === 'refused' ? contacts.refused : contacts.failed}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" loading={change.busy}>
          {contacts.save}
        </Button>
      </div>
    </form>
  );
}
