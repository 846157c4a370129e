import { type Business, UUID } from '../business.ts';
import type { Customer, GatewayState } from '../gateway-state.ts';
import { isObject, type Json } from '../json.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import { type Call, headerOf } from './call.ts';

export interface Envelope {
  id: string;
  type: 'text' | 'interactive' | 'richLink' | 'typing_start' | 'typing_end';
  customer: Customer;
  body: Json;
}

const TYPES: readonly Envelope['type'][] = [
  'text',
  'interactive',
  'richLink',
  'typing_start',
  'typing_end',
];

/** What all messages have in common (§17.1 rows 2 and 3; §2.2, §2.4). */
export function readEnvelope(state: GatewayState, call: Call, business: Business): Envelope {
  const body = readBody(call);
  const id = agreed(call, body, 'id', 'id');
  agreed(call, body, 'source-id', 'sourceId');
  const opaqueId = agreed(call, body, 'destination-id', 'destinationId');
  if (body.v !== 1) throw malformed('wrong_v', 'v is not the number 1');
  if (!UUID.test(id)) throw malformed('id_not_uuid', `id is not a UUID: ${id}`);
  return { id, type: typeOf(body), customer: customerOf(state, business, opaqueId), body };
}

function readBody(call: Call): Json {
  if (headerOf(call, 'content-encoding') !== undefined)
    throw malformed('content_encoding_present', 'outgoing bodies are not compressed');
  if (!/^application\/json\b/i.test(headerOf(call, 'content-type') ?? ''))
    throw malformed('content_type_not_json', 'Content-Type is not application/json');
  const body = parseJson(call.bytes);
  if (!body) throw malformed('body_not_json', 'the body is not a JSON object in UTF-8');
  return body;
}

function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function agreed(call: Call, body: Json, header: string, member: string): string {
  const value = headerOf(call, header);
  if (value === undefined) throw malformed('header_missing', `there is no ${header} header`);
  if (body[member] !== value)
    throw malformed('header_differs_from_body', `${header} and ${member} differ`);
  return value;
}

function typeOf({ type }: Json): Envelope['type'] {
  if (type === 'close') throw malformed('close_not_allowed', 'only a customer can close');
  const known = TYPES.find((name) => name === type);
  if (!known) throw malformed('unknown_type', `unknown type: ${JSON.stringify(type)}`);
  return known;
}

function customerOf(state: GatewayState, business: Business, opaqueId: string): Customer {
  const customer = state.customers.get(opaqueId);
  if (!customer)
    throw new Refusal('17.1.3', 404, 'unknown_destination', 'nobody has this Opaque ID');
  if (customer.businessId !== business.businessId.toLowerCase()) {
    const detail = 'the Opaque ID is of a customer of another business';
    throw new Refusal('17.1.3', 404, 'destination_of_another_business', detail);
  }
  return customer;
}

const malformed = (code: RefusalCode, detail: string): Refusal =>
  new Refusal('17.1.2', 400, code, detail);
