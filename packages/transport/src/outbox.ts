/** Messages that are not acknowledged yet: kept across reconnects and page loads, sent under one id. */
import type { Environment } from './environment.ts';
import type { ChatMessage } from './message.ts';
import { isRecord, type Json, listAt, parseJson, textAt } from './read.ts';
import type { TokenStore } from './store.ts';

export interface Draft {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly content: readonly Json[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface Outbox {
  readonly drafts: readonly Draft[];
  add(
    text: string,
    attributes?: Readonly<Record<string, string>>,
    content?: readonly Json[],
  ): Draft;
  find(id: string): Draft | undefined;
  remove(id: string): void;
  clear(): void;
}

export function createOutbox(store: TokenStore, environment: Environment): Outbox {
  let drafts = restore(store.get('outbox'));
  const keep = (next: Draft[]) => {
    drafts = next;
    if (drafts.length > 0) store.set('outbox', JSON.stringify(drafts));
    else store.remove('outbox');
  };
  return {
    get drafts() {
      return drafts;
    },
    add(text, attributes, content = []) {
      const at = new Date(environment.now()).toISOString();
      const id = environment.uuid();
      const draft: Draft = { id, at, text, content, ...(attributes && { attributes }) };
      keep([...drafts, draft]);
      return draft;
    },
    find: (id) => drafts.find((draft) => draft.id === id),
    remove: (id) => keep(drafts.filter((draft) => draft.id !== id)),
    clear: () => keep([]),
  };
}

function restore(kept: string | null): Draft[] {
  const list = parseJson(kept);
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap((item) => {
    const [id, at, text] = [textAt(item, 'id'), textAt(item, 'at'), textAt(item, 'text')];
    const attributes = isRecord(item.attributes) && { attributes: item.attributes };
    const content = listAt(item, 'content');
    return id && at && text !== undefined ? [{ id, at, text, content, ...attributes }] : [];
  });
}

export function pendingMessage({ id, at, text, content }: Draft): ChatMessage {
  return {
    kind: 'message',
    id,
    key: id,
    at,
    direction: 'inbound',
    text,
    content,
    bot: false,
    authenticated: false,
    delivery: { kind: 'sending' },
  };
}
