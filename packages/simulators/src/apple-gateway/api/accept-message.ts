import { type Business, INLINE_LIMIT } from '../business.ts';
import { randomToken, utf8 } from '../crypto/bytes.ts';
import type { DeliveredMessage, GatewayState } from '../gateway-state.ts';
import { type Json, objectAt, textAt } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { Answer } from './answer.ts';
import { type Call, headerOf } from './call.ts';
import { checkAttachments } from './check-attachments.ts';
import { registerSignIn, versionOf } from './check-authentication.ts';
import { checkInteractive, type InteractiveKind, interactiveDataOf } from './check-interactive.ts';
import { type Envelope, readEnvelope } from './read-envelope.ts';

/** `POST /message` and `POST /authenticate`: checks the rows of §17.1 in order, then delivers. */
export async function acceptMessage(
  state: GatewayState,
  call: Call,
  business: Business,
): Promise<Answer> {
  const envelope = readEnvelope(state, call, business);
  if (isKnown(state, envelope)) return { status: 200 };
  checkHeaders(state, call, envelope);
  const checked = await checkContent(state, call, business, envelope);
  state.accepted.set(envelope.id, JSON.stringify(envelope.body));
  await deliver(state, envelope, {
    id: envelope.id,
    body: checked.body,
    files: checked.files,
    isAutomatic: headerOf(call, 'auto-reply') === 'true',
  });
  return checked.answer;
}

/** The same `id` again is accepted and delivered once (§17.2). */
function isKnown(state: GatewayState, { id, body }: Envelope): boolean {
  const earlier = state.accepted.get(id);
  if (earlier === undefined) return false;
  state.journal.duplicate(id);
  if (earlier !== JSON.stringify(body)) {
    const detail = 'a retry carries the same body as the first try';
    state.journal.violate({ row: '2.5', code: 'id_reused_with_other_content', detail, id });
  }
  return true;
}

function checkHeaders(state: GatewayState, call: Call, { id }: Envelope): void {
  if (headerOf(call, 'capability-list') === undefined) return;
  const detail = 'capability-list goes from Apple to the provider alone';
  state.journal.violate({ row: '2.2', code: 'capability_list_sent', detail, id });
}

interface Checked {
  body: Json;
  files: DeliveredMessage['files'];
  answer: Answer;
}

async function checkContent(
  state: GatewayState,
  call: Call,
  business: Business,
  envelope: Envelope,
): Promise<Checked> {
  const { type, body } = envelope;
  if (type === 'interactive') return checkBubble(state, call, business, envelope);
  if (call.path === 'authenticate')
    throw new Refusal('17.1.6', 400, 'not_an_authentication', `${type} on /authenticate`);
  if (type === 'text' && textAt(body, 'body') === undefined)
    throw new Refusal('17.1.4', 400, 'body_missing', 'a text without body');
  if (type === 'richLink' && textAt(objectAt(body, 'richLinkData'), 'url') === undefined)
    throw new Refusal('17.1.4', 400, 'rich_link_url_missing', 'richLinkData has no url');
  const files = type === 'text' ? checkAttachments(state, body) : [];
  return { body, files, answer: { status: 200 } };
}

async function checkBubble(
  state: GatewayState,
  call: Call,
  business: Business,
  { id, body, customer }: Envelope,
): Promise<Checked> {
  const interactive = interactiveDataOf(state, body);
  const kind = checkInteractive(interactive);
  const isSignIn = kind === 'authenticate';
  if (isSignIn && call.path === 'message')
    throw new Refusal('17.1.6', 400, 'authentication_on_message', 'it goes to /authenticate');
  if (!isSignIn && call.path === 'authenticate')
    throw new Refusal('17.1.6', 400, 'not_an_authentication', `${kind} on /authenticate`);
  const interactiveData = isSignIn
    ? await registerSignIn(state, business, interactive, id)
    : interactive;
  const needed = neededCapability(kind, objectAt(interactive, 'data'));
  if (needed !== undefined && !customer.capabilities.has(needed)) {
    const detail = `the device did not list ${needed}`;
    state.journal.violate({ row: '17.1.9', code: 'capability_missing', detail, id });
  }
  const { interactiveDataRef: _ref, ...rest } = body;
  return {
    body: { ...rest, interactiveData },
    files: [],
    answer: await answerWithRef(state, call, body, interactive),
  };
}

function neededCapability(kind: InteractiveKind, data: Json | undefined): string | undefined {
  switch (kind) {
    case 'quick-reply':
      return 'QUICK';
    case 'listPicker':
      return 'LIST';
    case 'event':
      return 'TIME';
    case 'authenticate':
      return versionOf(data) === 2 ? 'AUTH2' : 'AUTH';
    case 'dynamic':
      return 'FORM';
    case 'payment':
      return undefined;
  }
}

/** A large dictionary can be sent again by reference, when the call asks for it (§5.6). */
async function answerWithRef(
  state: GatewayState,
  call: Call,
  body: Json,
  data: Json,
): Promise<Answer> {
  const bytes = utf8(JSON.stringify(data));
  const isAsked = headerOf(call, 'include-data-ref')?.toLowerCase() === 'true';
  if (!isAsked || body.interactiveData === undefined || bytes.length <= INLINE_LIMIT)
    return { status: 200 };
  const blob = await state.blobs.keep(bytes);
  const ref = {
    bid: data.bid,
    owner: blob.owner,
    url: blob.url,
    size: bytes.length,
    signature: blob.signature,
    'signature-base64': blob.checksum,
    title: textAt(objectAt(data, 'receivedMessage'), 'title') ?? '',
    dataRefSig: randomToken(),
  };
  state.dataRefs.set(ref.dataRefSig, { ref, data });
  return { status: 200, json: { dataRef: ref } };
}

async function deliver(
  state: GatewayState,
  { customer, id, type }: Envelope,
  message: DeliveredMessage,
): Promise<void> {
  if (customer.hasClosed) {
    const detail = `${type} after the customer had closed the conversation`;
    state.journal.violate({ row: '17.1.8', code: 'sent_after_close', detail, id });
    return;
  }
  for (const receive of customer.receivers) await receive(message);
}
