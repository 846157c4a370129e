import { MAX_CONNECTIONS_PER_SESSION } from '@countersign/protocol';
import type { EntryRecord } from '../../conversations/index.ts';
import type { Session } from '../../sessions/index.ts';
import type { Connection } from './connection.ts';
import { entryBody } from './entry-body.ts';
import { fileLinks } from './file-links.ts';
import {
  connectionClosed,
  passingEvent,
  sessionExpired,
  structuredMessage,
  typingEvent,
} from './frames.ts';
import type { WebParts } from './parts.ts';
import { signInPrompt } from './prompt-to-sign-in.ts';
import { type Limiter, Meter } from './rate-limits.ts';

export interface RoomParts
  extends Pick<
    WebParts,
    | 'attachments'
    | 'bus'
    | 'clock'
    | 'configuration'
    | 'conversations'
    | 'log'
    | 'publicUrl'
    | 'sessions'
  > {
  limiter: Limiter;
}

const NORMAL_CLOSURE = 1000;

/**
 * A session on this node: its connections and the one conversation that it follows. Everything that
 * a customer receives of a conversation passes `deliver`, in the order of the log, once.
 */
export class SessionRoom {
  readonly #parts: RoomParts;
  session: Session;
  /** Oldest first. */
  readonly connections: Connection[] = [];
  conversationId: string | null = null;
  /** A conversation is being opened by this room: whoever opens it also follows it. Never rejects. */
  opening: Promise<void> | null = null;
  isExpired = false;
  readonly messages = new Meter();
  readonly #typing = new Meter();
  #lastSeq = 0;
  #unfollow: (() => void) | null = null;
  /** Tracing ids of messages under way, by the client's own id of the message. */
  #awaited: Map<string, string> | null = null;

  constructor(parts: RoomParts, session: Session) {
    this.#parts = parts;
    this.session = session;
  }

  /** A fourth connection takes the place of the oldest (§5.5). */
  add(connection: Connection): void {
    if (this.connections.includes(connection)) return;
    this.connections.push(connection);
    if (this.connections.length <= MAX_CONNECTIONS_PER_SESSION) return;
    const oldest = this.connections.shift();
    if (oldest) dismiss(oldest, [connectionClosed()]);
  }

  remove(connection: Connection): void {
    const index = this.connections.indexOf(connection);
    if (index >= 0) this.connections.splice(index, 1);
    if (this.connections.length === 0) this.unfollow();
  }

  /** One of its connections is being answered: what that answer ends, it tells itself. */
  isBusy(): boolean {
    return this.connections.some(({ busy }) => busy);
  }

  broadcast(frame: string): void {
    for (const connection of this.connections) connection.send(frame);
  }

  /** Tells every connection but one, and closes it. */
  dismissAll(frames: string[], exceptConnection?: string): void {
    for (const connection of [...this.connections]) {
      if (exceptConnection === undefined || connection.id !== exceptConnection) {
        dismiss(connection, frames);
      } else {
        forget(connection);
      }
    }
    this.connections.length = 0;
    this.unfollow();
  }

  /** What the sweep of sessions has yet to find is told now. */
  hasExpired(): boolean {
    if (this.session.expiresAt <= this.#parts.clock.now()) this.expire();
    return this.isExpired;
  }

  expire(): void {
    if (this.isExpired) return;
    this.isExpired = true;
    this.broadcast(sessionExpired());
    this.unfollow();
  }

  /** Follows a conversation from after `seq` on, in place of any other. */
  follow(conversationId: string, seq: number): void {
    if (this.conversationId === conversationId) return;
    this.unfollow();
    this.conversationId = conversationId;
    this.#lastSeq = seq;
    if (this.connections.length === 0) return;
    const { bus, conversations } = this.#parts;
    const endEntries = conversations.follow(conversationId, seq, (entries) =>
      this.deliver(conversationId, entries),
    );
    const endTyping = bus.subscribe(`typing/${conversationId}`, (hint) => this.#typingHint(hint));
    this.#unfollow = () => {
      endEntries();
      endTyping();
    };
  }

  unfollow(): void {
    this.#unfollow?.();
    this.#unfollow = null;
    this.conversationId = null;
  }

  /** The frame of this message, stored under `clientId`, is to carry `tracingId`. */
  await(clientId: string, tracingId: string): void {
    this.#awaited ??= new Map();
    this.#awaited.set(clientId, tracingId);
  }

  forgetAwaited(clientId: string): void {
    this.#awaited?.delete(clientId);
  }

  /** Sends what is next in the log; what was sent already is skipped, what comes after a gap waits. */
  deliver(conversationId: string, entries: EntryRecord[]): void {
    for (const entry of entries) {
      if (conversationId !== this.conversationId || entry.seq <= this.#lastSeq) continue;
      if (entry.seq > this.#lastSeq + 1) return;
      this.#lastSeq = entry.seq;
      this.#show(entry);
    }
  }

  /** The echo of an entry: to all connections as it happens, to one when it asks again. */
  echoOf(entry: EntryRecord, tracingId: string | undefined): string | null {
    const body = entryBody(entry, this.#disconnect(), fileLinks(this.#parts));
    return body && structuredMessage(body, tracingId);
  }

  #show(entry: EntryRecord): void {
    if (entry.kind === 'ended') {
      this.#end(entry);
      return;
    }
    if (entry.kind === 'authentication-requested') {
      this.#promptToSignIn(entry);
      return;
    }
    // Who signed in before the conversation began needs not be told
    if (entry.kind === 'signed-in' && entry.data?.stepUp !== true) return;
    const frame = this.echoOf(entry, this.#tracingIdOf(entry));
    if (frame === null) return;
    this.session.expiresAt = this.#parts.sessions.touch(this.session);
    this.broadcast(frame);
  }

  #promptToSignIn({ senderName }: EntryRecord): void {
    const prompt = signInPrompt(this.#parts.clock.now(), senderName);
    for (const connection of this.connections)
      if (connection.promptsToSignIn) connection.send(prompt);
  }

  /** What the configuration says of a conversation that the company has ended (§5.4). */
  #end(entry: EntryRecord): void {
    const disconnect = this.#disconnect();
    this.unfollow();
    if (entry.role === 'customer' || disconnect === 'Off') return;
    if (disconnect === 'ReadOnly') this.#becomeReadOnly();
    const frame = this.echoOf(entry, undefined);
    if (frame !== null) this.broadcast(frame);
  }

  #becomeReadOnly(): void {
    const { sessions, log } = this.#parts;
    this.session.readOnly = true;
    sessions.setReadOnly(this.session.id, true).catch((cause: unknown) => {
      log.error({ err: cause }, 'guest api: a session could not be made read-only');
    });
  }

  #tracingIdOf(entry: EntryRecord): string | undefined {
    if (entry.role !== 'customer' || entry.clientId === null) return undefined;
    const awaited = this.#awaited?.get(entry.clientId);
    if (awaited !== undefined) this.#awaited?.delete(entry.clientId);
    return awaited ?? (entry.data?.metadata === undefined ? entry.clientId : undefined);
  }

  #typingHint(hint: unknown): void {
    const { configuration, clock, limiter } = this.#parts;
    const deployment = configuration.current().deployments.get(this.session.deploymentId);
    if (!isAgentTyping(hint) || !deployment?.configuration.conversations.typing) return;
    try {
      limiter.spend('agentTypingPerConversation', this.#typing);
    } catch {
      return;
    }
    const from = hint.name === undefined ? undefined : { nickname: hint.name };
    this.broadcast(passingEvent(typingEvent, 'Outbound', clock.now(), from));
  }

  #disconnect(): 'Off' | 'Send' | 'ReadOnly' {
    const deployment = this.#parts.configuration
      .current()
      .deployments.get(this.session.deploymentId);
    return deployment?.configuration.conversations.disconnect ?? 'Off';
  }
}

const isAgentTyping = (hint: unknown): hint is { role: 'agent'; name?: string } =>
  typeof hint === 'object' && hint !== null && 'role' in hint && hint.role === 'agent';

function dismiss(connection: Connection, frames: string[]): void {
  for (const frame of frames) connection.send(frame);
  forget(connection);
  connection.close(NORMAL_CLOSURE);
}

function forget(connection: Connection): void {
  connection.room = null;
  connection.token = null;
}
