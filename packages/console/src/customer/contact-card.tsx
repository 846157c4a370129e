import type { Conversation } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import {
  type ContactDetails,
  type ContactLink,
  type Merge,
  workspaceApi,
} from '../api/workspace-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { ContactFields } from './contact-fields.tsx';
import { saidOf } from './customer-facts.ts';
import { EarlierConversations } from './earlier-conversations.tsx';
import { EditContactDialog } from './edit-contact-dialog.tsx';
import { LinkContactDialog } from './link-contact-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { MergeList, UndoButton } from './merge-list.tsx';
import { nameOf, useContactChange, useContactLink } from './use-contact.ts';
import './contact-card.css';

/** The record of the person, who says that it is theirs, and what they wrote about before. */
export function ContactCard({ conversation }: { conversation: Conversation }) {
  const link = useContactLink(conversation);
  return (
    <section className="customer-card" aria-label={words.customer.contact}>
      <h3>{words.customer.contact}</h3>
      {link.isPending ? <Skeleton height={14} width="60%" mt={8} /> : null}
      {link.isError ? (
        <LoadFailed text={words.customer.contactFailed} onRetry={() => void link.refetch()} />
      ) : null}
      {link.data ? <LinkedContact conversation={conversation} link={link.data} /> : null}
    </section>
  );
}

interface LinkedProps {
  conversation: Conversation;
  link: ContactLink;
}

function LinkedContact({ conversation, link: { contact, linked } }: LinkedProps) {
  const said = saidOf(conversation);
  return (
    <>
      {contact ? (
        <ContactFields contact={contact} />
      ) : (
        <p className="secondary">{words.contacts.none}</p>
      )}
      {contact === null && said.name ? (
        <p className="secondary">{words.contacts.says(said.name)}</p>
      ) : null}
      {linked ? <p className="secondary contact-how">{howLinked(linked)}</p> : null}
      <Actions conversation={conversation} contact={contact} />
      {contact ? <EarlierConversations contact={contact} current={conversation.id} /> : null}
    </>
  );
}

function howLinked({ how, by }: NonNullable<ContactLink['linked']>): string {
  return how === 'agent' && by ? words.contacts.linkedBy(by) : words.contacts.how[how];
}

/** A proof says who this is, so only what it leaves open can be decided here. */
function Actions(props: { conversation: Conversation; contact: ContactDetails | null }) {
  const { conversation, contact } = props;
  const { contacts } = words;
  const [dialog, setDialog] = useState<'link' | 'edit' | 'merge' | null>(null);
  const [merged, setMerged] = useState<Merge | null>(null);
  const roles = useWorkspaceState((state) => state.me.roles);
  const supervises = roles.includes('supervisor') || roles.includes('administrator');
  const unlink = useContactChange();
  const { state } = conversation.identity;
  const isProven = state === 'verified' || state === 'lapsed';
  const close = () => setDialog(null);
  return (
    <>
      <div className="contact-actions">
        {isProven ? null : (
          <Button variant="default" size="compact-sm" onClick={() => setDialog('link')}>
            {contact ? contacts.change : contacts.link}
          </Button>
        )}
        {contact && !isProven ? (
          <Button
            variant="default"
            size="compact-sm"
            loading={unlink.busy}
            onClick={() => void unlink.run(() => workspaceApi.linkContact(conversation.id, null))}
          >
            {contacts.unlink}
          </Button>
        ) : null}
        {contact ? (
          <Button variant="default" size="compact-sm" onClick={() => setDialog('edit')}>
            {contacts.edit}
          </Button>
        ) : null}
        {contact && supervises ? (
          <Button variant="default" size="compact-sm" onClick={() => setDialog('merge')}>
            {contacts.merge}
          </Button>
        ) : null}
      </div>
      {unlink.state === 'failed' ? (
        <p className="contact-failure" role="alert">
          {contacts.failed}
        </p>
      ) : null}
      <div role="status">
        {merged ? (
          <p className="contact-notice">
            {contacts.merged(nameOf(merged.contact))}{' '}
            <UndoButton merge={merged} onUndone={() => setMerged(null)} />
          </p>
        ) : null}
      </div>
      {contact ? <MergeList contact={contact.id} mayUndo={supervises} /> : null}
      <LinkContactDialog
        conversation={conversation}
        said={saidOf(conversation)}
        opened={dialog === 'link'}
        onClose={close}
      />
      {contact ? (
        <>
          <EditContactDialog contact={contact} opened={dialog === 'edit'} onClose={close} />
          <MergeDialog
            contact={contact}
            opened={dialog === 'merge'}
            onClose={close}
            onMerged={setMerged}
          />
        </>
      ) : null}
    </>
  );
}
