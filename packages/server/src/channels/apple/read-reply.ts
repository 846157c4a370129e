/** Answers to bubbles (§4.3): which bubble, and what was chosen. */
import { type InteractiveData, mapOf } from './read-message.ts';
import type { AskedRequest, Option } from './request-store.ts';

export type ReplyKind = 'quick-reply' | 'list-picker' | 'time-picker' | 'authenticate' | 'other';

export interface Reply {
  kind: ReplyKind;
  /** Null: it names none. */
  requestIdentifier: string | null;
  version: string;
  data: InteractiveData;
}

const MAX_IDENTIFIER_LENGTH = 128;

export function readReply(data: InteractiveData): Reply {
  const { requestIdentifier, version } = data;
  const isUsable =
    typeof requestIdentifier === 'string' &&
    requestIdentifier.length <= MAX_IDENTIFIER_LENGTH &&
    /^[\x21-\x7e]+$/.test(requestIdentifier);
  return {
    kind: kindOf(data),
    requestIdentifier: isUsable ? requestIdentifier : null,
    version: typeof version === 'string' || typeof version === 'number' ? String(version) : '',
    data,
  };
}

function kindOf(data: InteractiveData): ReplyKind {
  if ('authenticate' in data) return 'authenticate';
  if ('quick-reply' in data) return 'quick-reply';
  if ('listPicker' in data) return 'list-picker';
  if ('event' in data || 'timePicker' in data) return 'time-picker';
  return 'other';
}

/** Those of the options asked that were chosen; what was never offered is not among them. */
export function chosenOf({ kind, data }: Reply, asked: AskedRequest): Option[] {
  if (kind !== asked.type) return [];
  const identifiers = identifiersOf(kind, data);
  return asked.options.filter(({ identifier }) => identifiers.has(identifier));
}

function identifiersOf(kind: ReplyKind, data: InteractiveData): Set<string> {
  switch (kind) {
    case 'quick-reply':
      return quickReplyChoice(mapOf(data['quick-reply']));
    case 'list-picker': {
      const sections = listOf(mapOf(data.listPicker)?.sections);
      return identifiersIn(sections.flatMap((section) => listOf(mapOf(section)?.items)));
    }
    case 'time-picker': {
      const event = mapOf(data.event) ?? mapOf(mapOf(data.timePicker)?.event);
      return identifiersIn(listOf(event?.timeslots).slice(0, 1));
    }
    default:
      return new Set();
  }
}

/** By identifier where there is one, else by the place in the items that the answer repeats. */
function quickReplyChoice(reply: Record<string, unknown> | null): Set<string> {
  const { selectedIdentifier, selectedIndex } = reply ?? {};
  if (typeof selectedIdentifier === 'string') return new Set([selectedIdentifier]);
  const index = typeof selectedIndex === 'number' ? selectedIndex : -1;
  return identifiersIn(listOf(reply?.items).slice(index, index + 1));
}

const identifiersIn = (items: unknown[]): Set<string> =>
  new Set(
    items.flatMap((item) => {
      const identifier = mapOf(item)?.identifier;
      return typeof identifier === 'string' ? [identifier] : [];
    }),
  );

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
