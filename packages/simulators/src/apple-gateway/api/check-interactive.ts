import { BUBBLE_ID } from '../business.ts';
import type { GatewayState } from '../gateway-state.ts';
import { type Json, objectAt, textAt } from '../json.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import { checkImages } from './check-images.ts';
import { checkListPicker, checkQuickReply, checkTimePicker } from './check-pickers.ts';

/** What a bubble is, by the one member of `data` that says so (§4.3). */
export type InteractiveKind =
  | 'quick-reply'
  | 'listPicker'
  | 'event'
  | 'authenticate'
  | 'dynamic'
  | 'payment';

const KINDS: readonly InteractiveKind[] = [
  'quick-reply',
  'listPicker',
  'event',
  'authenticate',
  'dynamic',
  'payment',
];

/** The bubble of an interactive message, by reference or inline (§17.1 row 4; §5.4 to §5.6). */
export function interactiveDataOf(state: GatewayState, body: Json): Json {
  const { interactiveData, interactiveDataRef } = body;
  if ((interactiveData === undefined) === (interactiveDataRef === undefined))
    throw wrong('data_and_ref', 'either interactiveData or interactiveDataRef');
  return objectAt(body, 'interactiveData') ?? referred(state, objectAt(body, 'interactiveDataRef'));
}

/** Throws on the first thing wrong with a bubble; returns what kind it is. */
export function checkInteractive(interactive: Json): InteractiveKind {
  if (interactive.bid !== BUBBLE_ID) throw wrong('wrong_bid', `bid is ${String(interactive.bid)}`);
  const data = objectAt(interactive, 'data');
  if (!data || (textAt(data, 'version') ?? textAt(data, 'mspVersion')) === undefined)
    throw wrong('version_missing', 'data has neither version nor mspVersion');
  if (textAt(data, 'requestIdentifier') === undefined)
    throw wrong('request_identifier_missing', 'data has no requestIdentifier');
  const kind = KINDS.find((name) => objectAt(data, name) !== undefined);
  if (!kind) throw wrong('unknown_interactive_kind', `data has ${Object.keys(data).join(', ')}`);
  const received = objectAt(interactive, 'receivedMessage');
  if (kind !== 'quick-reply' && textAt(received, 'title') === undefined)
    throw wrong('received_message_missing', 'interactiveData has no receivedMessage with a title');
  checkKind(kind, objectAt(data, kind));
  checkImages(interactive);
  return kind;
}

function checkKind(kind: InteractiveKind, content: Json | undefined): void {
  if (kind === 'quick-reply') checkQuickReply(content);
  if (kind === 'listPicker') checkListPicker(content);
  if (kind === 'event') checkTimePicker(content);
}

function referred(state: GatewayState, ref: Json | undefined): Json {
  const known = state.dataRefs.get(textAt(ref, 'dataRefSig') ?? '');
  if (!known || JSON.stringify(known.ref) !== JSON.stringify(ref))
    throw wrong('unknown_data_ref', 'interactiveDataRef is not one that the gateway gave');
  return known.data;
}

const wrong = (code: RefusalCode, detail: string): Refusal =>
  new Refusal('17.1.4', 400, code, detail);
