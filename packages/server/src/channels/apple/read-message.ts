/** What Apple sends (§3.2, §4), read from JSON that nobody has looked at yet. */
import { malformed } from './read-body.ts';
import {
  type DataReference,
  type FileReference,
  readFile,
  readReference,
} from './read-reference.ts';

export type InboundType = 'text' | 'interactive' | 'typing_start' | 'typing_end' | 'close';
const TYPES: ReadonlySet<string> = new Set<InboundType>([
  'text',
  'interactive',
  'typing_start',
  'typing_end',
  'close',
]);

export interface InboundMessage {
  id: string;
  opaqueId: string;
  /** Null: of a kind that this version does not know. */
  type: InboundType | null;
  /** Null: none, once the places of attachments are taken out. */
  text: string | null;
  files: (FileReference | null)[];
  /** Of an answer to a bubble; null: none, or it has to be fetched first. */
  data: InteractiveData | null;
  reference: DataReference | null;
  /** Names as routing knows them: `intent`, `group`, `locale`, `device-agent`. */
  facts: [name: string, value: string][];
  locale: string | null;
  /** Tokens in capitals (§3.4). */
  capabilities: string[];
}

/** `interactiveData.data` of an answer, as it came. */
export type InteractiveData = Record<string, unknown>;

export interface MessageHeaders {
  id?: string | undefined;
  sourceId?: string | undefined;
  capabilities?: string | undefined;
  deviceAgent?: string | undefined;
}

const MAX_ID_LENGTH = 128;
const MAX_OPAQUE_ID_LENGTH = 1024;
const MAX_FACT_LENGTH = 256;
const MAX_CAPABILITIES = 50;
/** More than any device sends at once. */
const MAX_FILES = 50;
/** Stands in a text where an attachment belongs (§4.1). */
const PLACE_OF_FILE = /\ufffc/g;

/**
 * §3.3 step 6: the ids are there, and are those of the headers. `isOurs`: whether a Business ID is that of
 * the account that the request was let in for. Fault `malformed` 400.
 */
export function readMessage(
  body: Record<string, unknown>,
  headers: MessageHeaders,
  isOurs: (businessId: string) => boolean,
): InboundMessage {
  const id = idOf(body.id, MAX_ID_LENGTH);
  const opaqueId = idOf(body.sourceId, MAX_OPAQUE_ID_LENGTH);
  if (!isOurs(idOf(body.destinationId, MAX_ID_LENGTH))) throw malformed();
  if (headers.id !== undefined && headers.id !== id) throw malformed();
  if (headers.sourceId !== undefined && headers.sourceId !== opaqueId) throw malformed();
  const { type, attachments } = body;
  const locale = factOf(body.locale)?.replace('_', '-') ?? null;
  const facts: [string, string | null][] = [
    ['intent', factOf(body.intent)],
    ['group', factOf(body.group)],
    ['locale', locale],
    ['device-agent', factOf(headers.deviceAgent)],
  ];
  return {
    id,
    opaqueId,
    type: isType(type) ? type : null,
    text: textOf(body.body),
    files: Array.isArray(attachments) ? attachments.slice(0, MAX_FILES).map(readFile) : [],
    data: interactiveData(body.interactiveData),
    reference: readReference(body.interactiveDataRef),
    facts: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    locale,
    capabilities: capabilitiesOf(headers.capabilities),
  };
}

const isType = (type: unknown): type is InboundType => typeof type === 'string' && TYPES.has(type);

function idOf(value: unknown, maxLength: number): string {
  const isUsable = typeof value === 'string' && value !== '' && value.length <= maxLength;
  // PostgreSQL stores neither NUL nor half a character
  if (!isUsable || value.includes('\0') || !value.isWellFormed()) throw malformed();
  return value;
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replace(PLACE_OF_FILE, '').replaceAll('\0', '').trim();
  return text === '' ? null : text;
}

function factOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const fact = value.replaceAll('\0', '').slice(0, MAX_FACT_LENGTH).toWellFormed();
  return fact === '' ? null : fact;
}

/** The dictionary of an answer: `{ bid, data: { … } }` (§4.3). */
export function interactiveData(value: unknown): InteractiveData | null {
  const data = mapOf(mapOf(value)?.data);
  return data && { ...data };
}

export const mapOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;

const capabilitiesOf = (list: string | undefined): string[] =>
  (list ?? '')
    .toUpperCase()
    .split(',')
    .map((token) => token.trim())
    .filter((token) => /^[A-Z0-9_-]{1,32}$/.test(token))
    .slice(0, MAX_CAPABILITIES);
