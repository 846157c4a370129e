/**
 * What the customer sends: kept until the server has it, written under one id however often, in the
 * order in which it was said, and held back while it may not be written.
 */
import type { Environment } from './environment.ts';
import type { Frame } from './frames.ts';
import type { Entry } from './message.ts';
import { createOutbox, type Draft, type Outbox, pendingMessage } from './outbox.ts';
import type { Json } from './read.ts';
import type { TokenStore } from './store.ts';
import type { Timeline } from './timeline.ts';

export interface SenderContext {
  readonly store: TokenStore;
  readonly environment: Environment;
  readonly timeline: Timeline;
  mayWrite(): boolean;
  write(request: object, tracingId: string): void;
  changed(): void;
}

export class OutboxSender {
  #context: SenderContext;
  #outbox: Outbox;

  constructor(context: SenderContext) {
    this.#context = context;
    this.#outbox = createOutbox(context.store, context.environment);
    for (const draft of this.#outbox.drafts) context.timeline.addPending(pendingMessage(draft));
  }

  send(
    text: string,
    attributes?: Readonly<Record<string, string>>,
    content?: readonly Json[],
  ): void {
    const draft = this.#outbox.add(text, attributes, content);
    this.#context.timeline.addPending(pendingMessage(draft));
    this.#try(draft);
  }

  retry(key: string): void {
    const draft = this.#outbox.find(key);
    if (!draft) return;
    this.#context.timeline.mark(key, { kind: 'sending' });
    this.#try(draft);
  }

  discard(key: string): void {
    this.#outbox.remove(key);
    this.#context.timeline.drop(key);
    this.#context.changed();
  }

  /** Everything that waits, oldest first. */
  flush(): void {
    if (this.#context.mayWrite()) for (const draft of this.#outbox.drafts) this.#write(draft);
  }

  clear(): void {
    this.#outbox.clear();
  }

  /** Whether this entry is the server's own record of something sent from here. */
  settle(entry: Entry, clientId: string): boolean {
    if (!this.#outbox.find(clientId)) return false;
    this.#outbox.remove(clientId);
    this.#context.timeline.settle(clientId, entry);
    return true;
  }

  /** A message may be in the history though its acknowledgement was lost; its resend will settle it. */
  settleKnown(entries: readonly Entry[]): void {
    for (const { id } of this.#outbox.drafts) {
      const entry = entries.find((other) => other.id === id);
      if (entry) this.settle(entry, id);
    }
  }

  /** An error in answer to a message: later again when it came too fast, else the customer's to see. */
  failed(frame: Extract<Frame, { kind: 'error' | 'throttled' }>): void {
    const draft = this.#outbox.find(frame.tracingId);
    if (!draft) return;
    const { environment, timeline, changed } = this.#context;
    if (frame.kind === 'throttled') {
      environment.after(frame.retryAfter * 1000, () => {
        if (this.#context.mayWrite() && this.#outbox.find(draft.id)) this.#write(draft);
      });
      return;
    }
    const { code, text } = frame;
    timeline.mark(draft.id, { kind: 'failed', failure: { code, text } });
    changed();
  }

  #try(draft: Draft): void {
    this.#context.changed();
    if (this.#context.mayWrite()) this.#write(draft);
  }

  #write({ id, text, content, attributes }: Draft): void {
    const message = {
      type: 'Text',
      text,
      content,
      // The server writes a message once under this id, however often it arrives
      metadata: { id },
      ...(attributes && { channel: { metadata: { customAttributes: attributes } } }),
    };
    this.#context.write({ action: 'onMessage', message }, id);
  }
}
