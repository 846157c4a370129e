import type { Conversation, Entry } from '@countersign/protocol';
import { ChannelCard } from './channel-card.tsx';
import { ContactCard } from './contact-card.tsx';
import { DetailsCard } from './details-card.tsx';
import { DevicesCard } from './devices-card.tsx';
import { IdentityCard } from './identity-card.tsx';
import { SummaryCard } from './summary-card.tsx';
import './customer-panel.css';

interface Props {
  conversation: Conversation;
  entries: readonly Entry[];
}

/** Who this is, what the conversation is, what is known, and what came before. */
export function CustomerPanel({ conversation, entries }: Props) {
  return (
    <div className="customer">
      <IdentityCard conversation={conversation} />
      <DetailsCard conversation={conversation} entries={entries} />
      <ChannelCard conversation={conversation} entries={entries} />
      <SummaryCard conversation={conversation} />
      <ContactCard key={conversation.id} conversation={conversation} />
      <DevicesCard conversation={conversation} />
    </div>
  );
}
