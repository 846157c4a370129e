import type { Journal } from '../journal.ts';
import { Notice } from '../notice.ts';
import type { MessageKind, MessageOf, ReceivedMessage } from './received-message.ts';

/** A line of the conversation as the device shows it. */
export type TranscriptLine =
  | { direction: 'in'; message: ReceivedMessage }
  | {
      direction: 'out';
      id: string;
      text: string;
      files: { name: string; mimeType: string; bytes: Uint8Array<ArrayBuffer> }[];
      state: 'sending' | 'delivered' | 'not-delivered';
    };

/** What one device has got, and waits for. */
export class Inbox {
  readonly lines: TranscriptLine[] = [];
  readonly notice = new Notice();
  /** The agent is typing. */
  isTyping = false;
  readonly #received: ReceivedMessage[] = [];
  readonly #taken = new Set<ReceivedMessage>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  add(message: ReceivedMessage): void {
    this.#received.push(message);
    this.isTyping = message.kind === 'typing-start';
    if (!message.kind.startsWith('typing')) this.lines.push({ direction: 'in', message });
    this.notice.give();
  }

  received(): readonly ReceivedMessage[] {
    return [...this.#received];
  }

  /** The oldest message of `kind` that was not asked for yet; waits for it. */
  async next<Kind extends MessageKind>(kind: Kind, timeoutMs = 10_000): Promise<MessageOf<Kind>> {
    const isFresh = (message: ReceivedMessage): message is MessageOf<Kind> =>
      message.kind === kind && !this.#taken.has(message);
    return this.notice.until(
      () => {
        const message = this.#received.find(isFresh);
        if (message) this.#taken.add(message);
        return message;
      },
      () => this.#explain(kind),
      timeoutMs,
    );
  }

  #explain(kind: MessageKind): string {
    const kinds = this.#received.map((message) => message.kind).join(', ') || 'nothing';
    const { rejections, webhooks } = this.#journal;
    const rejected = rejections.map(({ row, code }) => `[${row}] ${code}`).join(', ') || 'nothing';
    const lost = webhooks.filter(({ isDelivered }) => !isDelivered).map(({ status }) => status);
    return `no ${kind} came. Received: ${kinds}. Rejected: ${rejected}. Webhooks refused: ${lost.join(', ') || 'none'}.`;
  }
}
