import { type Customer, keyOf } from './customer.ts';
import type { CustomerState } from './customer-store.ts';
import type { Gateway, GatewayOutcome } from './gateway.ts';
import type { Part } from './outgoing.ts';
import type { AppleParts } from './parts.ts';
import type { RequestStore } from './request-store.ts';
import { CAPABILITIES, optionsOf, richBody, type SendableMessage } from './rich-body.ts';
import { type SendFileParts, uploadFile } from './send-file.ts';
import type { SignIn } from './sign-in.ts';

export interface SendPartParts extends SendFileParts, Pick<AppleParts, 'clock'> {
  gateway: Gateway;
  requests: RequestStore;
  signIn: Pick<SignIn, 'toSend'>;
}

/** Why a part is not sent, as agents read it. */
export interface NotSent {
  outcome: 'refused';
  code: 'customer_closed' | 'customer_unknown' | 'capability_missing' | 'unknown_rich_message';
}

/** There is nothing to send any more. */
export interface Skipped {
  outcome: 'skipped';
}

export interface Sending {
  customer: Customer;
  state: CustomerState;
  id: string;
  part: Part;
  autoReply: boolean;
}

/** One try of one message to Apple. What must not be sent is not (§2.5, §3.4). */
export async function sendPart(
  { customer, state, id, part, autoReply }: Sending,
  parts: SendPartParts,
): Promise<GatewayOutcome | NotSent | Skipped> {
  if (state.isSilent !== null) {
    const code = state.isSilent === 'closed' ? 'customer_closed' : 'customer_unknown';
    return { outcome: 'refused', code };
  }
  const made = await bodyOf(part, id, customer, state, parts);
  if ('outcome' in made) return made;
  const { account, opaqueId: destinationId } = customer;
  const path = part.type === 'sign-in' ? '/authenticate' : '/message';
  return parts.gateway.post(account, path, { id, destinationId, body: made.body, autoReply });
}

type Made =
  | { body: Record<string, unknown> }
  | Exclude<GatewayOutcome, { outcome: 'sent' }>
  | NotSent
  | Skipped;

async function bodyOf(
  part: Part,
  id: string,
  customer: Customer,
  state: CustomerState,
  parts: SendPartParts,
): Promise<Made> {
  switch (part.type) {
    case 'text':
      return { body: { type: 'text', body: part.text } };
    case 'file':
      return uploadFile(customer.account, part.attachmentId, parts);
    case 'gone':
      return { outcome: 'refused', code: 'unknown_rich_message' };
    case 'sign-in':
      return signInOf(part.request, state, parts);
    case 'rich':
      return bubbleOf(part.message, id, customer, state, parts);
  }
}

/** The device may be another one than it was when it was asked. */
async function signInOf(
  request: string,
  { capabilities }: CustomerState,
  { signIn }: SendPartParts,
): Promise<Made> {
  const message = await signIn.toSend(request);
  if (message === null) return { outcome: 'skipped' };
  const needed = message.version === 2 ? 'AUTH2' : 'AUTH';
  if (!capabilities.includes(needed)) return { outcome: 'refused', code: 'capability_missing' };
  return { body: message.body };
}

/** What is asked is known before anybody can answer. */
async function bubbleOf(
  message: SendableMessage,
  requestIdentifier: string,
  customer: Customer,
  { capabilities }: CustomerState,
  { requests, clock }: SendPartParts,
): Promise<Made> {
  const needed = CAPABILITIES[message.type];
  if (needed !== null && !capabilities.includes(needed))
    return { outcome: 'refused', code: 'capability_missing' };
  const options = optionsOf(message);
  const { type } = message;
  if (options)
    await requests.add(keyOf(customer), { requestIdentifier, type, options }, clock.now());
  return { body: { ...richBody(message, requestIdentifier) } };
}
