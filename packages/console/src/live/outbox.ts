import { type MessageKind, workspaceApi } from '../api/workspace-api.ts';
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
    mentions: readonly string[] = [],
  ): Promise<void> {
    const clientId = newClientId();
    const at = new Date().toISOString();
    const state = 'sending';
    const message: Outgoing = { conversation, clientId, kind, text, mentions, at, state };
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
    const { conversation, clientId, kind, text, mentions } = message;
    try {
      const named = mentions.length > 0 ? { mentions } : {};
      const body = kind === 'note' ? { text, clientId, kind, ...named } : { text, clientId };
      const entry = await this.#post(conversation, body);
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

/** `crypto.randomUUID` is missing where the console is served without TLS; this is not. */
const newClientId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
