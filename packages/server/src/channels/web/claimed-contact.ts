/** A guest who names itself as the conversation begins (Omnichannel §4, "by answers"). */
import type { ContextVariable } from '@countersign/protocol';
import type { ContactValues } from '../../contacts/index.ts';
import type { OpenConversation } from '../../conversations/index.ts';
import type { WebContext } from './context.ts';

/** The keys, to the letter, in which a customer's side says who it is. */
const KEYS = { Name: 'name', Email: 'email', Phone: 'phone' } as const;

type Claimed = Pick<
  OpenConversation,
  'contactId' | 'customerName' | 'customerEmail' | 'identity'
> | null;

/**
 * Who a guest says it is: `claimed`, and linked to the one contact that fits all it says if nobody has
 * proven to be that contact. Null when nothing of the kind is said: the guest stays anonymous.
 */
export async function claimedContact(
  { contacts }: Pick<WebContext, 'contacts'>,
  context: ContextVariable[],
): Promise<Claimed> {
  const said = saidOf(context);
  if (Object.keys(said).length === 0) return null;
  const contact = await contacts.claimed(said);
  return {
    contactId: contact?.id ?? null,
    customerName: contact?.name ?? said.name ?? null,
    customerEmail: contact?.email ?? said.email ?? null,
    identity: { state: 'claimed' },
  };
}

function saidOf(context: ContextVariable[]): Partial<ContactValues> {
  const said: Partial<ContactValues> = {};
  for (const { name, value, origin } of context) {
    const field = origin === 'customer' ? fieldOf(name) : undefined;
    const text = String(value).trim();
    if (field && text !== '') said[field] = text;
  }
  return said;
}

const fieldOf = (name: string) => Object.entries(KEYS).find(([key]) => key === name)?.[1];
