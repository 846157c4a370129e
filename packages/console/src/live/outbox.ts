import type { SentFile } from '../api/upload-file.ts';
import { type MessageKind, type OutgoingText, workspaceApi } from '../api/workspace-api.ts';
import { applyEntry } from './apply-frame.ts';
import type { Store } from './store.ts';
import type { Outgoing, WorkspaceState } from './workspace-state.ts';

/**
 * Messages on their way: they show at once, and stay, failed, when they cannot be sent. Those of a
 * conversation leave one after the other: requests overtake each other. Each keeps its `clientId` from try
 * to try, so that it can only arrive once.
 */
export class Outbox {
  readonly #store: Store<WorkspaceState>;
  readonly #onSent: (conversation: string) => void;
  readonly #post: typeof workspaceApi.sendMessage;
  /** By conversation: the last message that was taken on, until it has left. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(
    store: Store<WorkspaceState>,
    onSent: (conversation: string) => void,
    post = workspaceApi.sendMessage,
  ) {
    this.#store = store;
    this.#onSent = onSent;
    this.#post = post;
  }

  async send(
    conversation: string,
    kind: MessageKind,
    text: string,
    {
      mentions = [],
      files = [],
    }: { mentions?: readonly string[]; files?: readonly SentFile[] } = {},
  ): Promise<void> {
    await this.#take({ conversation, kind, text, mentions, files });
  }

  /** A bubble of Apple Messages, by the name under which it is configured. */
  async sendBubble(conversation: string, name: string): Promise<void> {
    const bubble = { kind: 'message' as const, text: name, isBubble: true, mentions: [] };
    await this.#take({ conversation, ...bubble });
  }

  async #take(written: Omit<Outgoing, 'clientId' | 'at' | 'state'>): Promise<void> {
    const at = new Date().toISOString();
    const message: Outgoing = { ...written, clientId: newClientId(), at, state: 'sending' };
    this.#change((outgoing) => [...outgoing, message]);
    await this.#enqueue(message);
  }

  /** Sends a failed message again. */
  async resend(clientId: string): Promise<void> {
    const message = this.#store.get().outgoing.find((item) => item.clientId === clientId);
    if (message?.state !== 'failed') return;
    this.#mark(clientId, 'sending');
    await this.#enqueue(message);
  }

  discard(clientId: string): void {
    this.#change((outgoing) => outgoing.filter((message) => message.clientId !== clientId));
  }

  async #enqueue(message: Outgoing): Promise<void> {
    const { conversation } = message;
    const before = this.#last.get(conversation);
    const sent = before ? before.then(() => this.#deliver(message)) : this.#deliver(message);
    this.#last.set(conversation, sent);
    await sent;
    if (this.#last.get(conversation) === sent) this.#last.delete(conversation);
  }

  /** Never throws. */
  async #deliver(message: Outgoing): Promise<void> {
    const { conversation, clientId } = message;
    try {
      const entry = await this.#post(conversation, bodyOf(message));
      this.#store.update((state) => applyEntry(state, conversation, { ...entry, clientId }));
      this.#onSent(conversation);
    } catch {
      this.#mark(clientId, 'failed');
    }
  }

  #mark(clientId: string, state: Outgoing['state']): void {
    this.#change((outgoing) =>
      outgoing.map((message) => (message.clientId === clientId ? { ...message, state } : message)),
    );
  }

  #change(change: (outgoing: readonly Outgoing[]) => Outgoing[]): void {
    this.#store.update((state) => ({ ...state, outgoing: change(state.outgoing) }));
  }
}

function bodyOf({ clientId, kind, text, isBubble, mentions, files = [] }: Outgoing): OutgoingText {
  if (isBubble) return { content: [{ type: 'rich-message', name: text }], clientId };
  if (kind === 'message')
    return { clientId, ...(text !== '' && { text }), ...(files.length > 0 && { content: files }) };
  return { text, clientId, kind, ...(mentions.length > 0 && { mentions }) };
}

/** `crypto.randomUUID` is missing where the console is served without TLS; this is not. */
const newClientId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
