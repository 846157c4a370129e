/**
 * The client of the Guest API: connects, authenticates, sends and sends again, follows. Whatever
 * happens to the connection, a message is written once and nothing that was said is missed.
 */
import { backoffMs } from './backoff.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Environment, standardEnvironment } from './environment.ts';
import type { Frame, SessionBody } from './frames.ts';
import type { Entry, Failure } from './message.ts';
import { createOutbox, type Draft, pendingMessage } from './outbox.ts';
import { isRecord, parseJson, textAt } from './read.ts';
import {
  createRest,
  HISTORY_PAGE_SIZE,
  type Person,
  type Proof,
  RestError,
  readPerson,
  type Tokens,
} from './rest.ts';
import type { ClosedReason, State } from './state.ts';
import type { TokenStore } from './store.ts';
import { Timeline } from './timeline.ts';

export interface TransportOptions {
  /** The node's base URL, without a trailing slash. */
  url: string;
  deploymentId: string;
  store: TokenStore;
  /** Asked for a new proof when the sign-in has run out and cannot be refreshed. */
  getProof?: () => Promise<Proof>;
  /** Shown in the server's log as the client's name and version. */
  application?: string;
  environment?: Environment;
}

export interface TransportEvents {
  state: State;
  /** Entries that were not known: live, or read after a reconnect. */
  entries: readonly Entry[];
  /** The agent is typing. */
  typing: undefined;
  /** Anything that a view shows has changed. */
  change: undefined;
}

/** Codes after which the session is gone (Guest API, section 10). */
const GONE = new Set([4006, 4007]);
const DOWNGRADE = 4017;
const READ_ONLY = 409;
const TYPING_EVERY_MS = 5000;
const CATCH_UP_PAGES = 5;

export class Transport {
  #options: TransportOptions;
  #environment: Environment;
  #rest;
  #outbox;
  #timeline = new Timeline();
  #listeners: { [E in keyof TransportEvents]: Set<(event: TransportEvents[E]) => void> } = {
    state: new Set(),
    entries: new Set(),
    typing: new Set(),
    change: new Set(),
  };
  #state: State = { kind: 'idle' };
  #connection: Connection | null = null;
  #answers = new Map<string, (frame: Frame) => void>();
  #attempt = 0;
  #startNew = false;
  #renewed = false;
  #cleared = false;
  /** Counts what `forget` wiped: a sign-in from before it is none any more. */
  #forgotten = 0;
  #total = 0;
  #lastTyping = Number.NEGATIVE_INFINITY;
  #cancelRetry = () => {};

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#environment = options.environment ?? standardEnvironment();
    this.#rest = createRest(options.url, options.deploymentId, this.#environment);
    this.#outbox = createOutbox(options.store, this.#environment);
    for (const draft of this.#outbox.drafts) this.#timeline.addPending(pendingMessage(draft));
  }

  get state(): State {
    return this.#state;
  }

  /** Oldest first, with what is under way at the end. */
  get entries(): readonly Entry[] {
    return this.#timeline.entries;
  }

  /** Who is signed in here; null for a guest. */
  get person(): Person | null {
    const jwt = this.#options.store.get('jwt');
    return jwt === null ? null : readPerson(jwt);
  }

  get hasOlder(): boolean {
    return this.#timeline.confirmedCount < this.#total;
  }

  on<E extends keyof TransportEvents>(
    name: E,
    listener: (event: TransportEvents[E]) => void,
  ): () => void {
    this.#listeners[name].add(listener);
    return () => void this.#listeners[name].delete(listener);
  }

  /** Opens or continues the session: as the person whose sign-in is kept, else as a guest. */
  connect(): void {
    if (this.#connection) return;
    this.#renewed = false;
    if (this.#state.kind !== 'reconnecting') this.#setState({ kind: 'connecting' });
    const application = this.#options.application;
    const query = new URLSearchParams({
      deploymentId: this.#options.deploymentId,
      ...(application && { application }),
    });
    const url = `${this.#options.url.replace(/^http/, 'ws')}/v1?${query}`;
    this.#connection = openConnection(url, this.#environment, {
      opened: () => this.#configure(),
      frame: (frame) => this.#receive(frame),
      lost: () => this.#lost(),
    });
  }

  /**
   * Exchanges a proof and connects as that person; on an open guest session it steps up. Rejects
   * with `RestError`.
   */
  async signIn(proof: Proof): Promise<Person> {
    const before = this.#forgotten;
    const tokens = await this.#exchange(proof);
    if (before !== this.#forgotten) {
      await this.#rest.revoke(tokens.jwt);
      throw new RestError(0, { message: 'Signed out.' });
    }
    const person = this.#keepTokens(tokens);
    if (this.#connection && this.#state.kind === 'open') this.#configure();
    else this.#restart();
    return person;
  }

  send(text: string, attributes?: Readonly<Record<string, string>>): void {
    const draft = this.#outbox.add(text, attributes);
    this.#timeline.addPending(pendingMessage(draft));
    this.#try(draft);
  }

  /** Tries a failed message again, under the same id. */
  retry(key: string): void {
    const draft = this.#outbox.find(key);
    if (!draft) return;
    this.#timeline.mark(key, { kind: 'sending' });
    this.#try(draft);
  }

  /** Gives up on a failed message. */
  discard(key: string): void {
    this.#outbox.remove(key);
    this.#timeline.drop(key);
    this.#emit('change', undefined);
  }

  typing(): void {
    const now = this.#environment.now();
    if (this.#state.kind !== 'open' || now - this.#lastTyping < TYPING_EVERY_MS) return;
    this.#lastTyping = now;
    this.#sendEvent({ eventType: 'Typing', typing: { type: 'On' } });
  }

  /** Reads the next page of earlier entries. */
  async loadOlder(): Promise<void> {
    const page = Math.floor(this.#timeline.confirmedCount / HISTORY_PAGE_SIZE) + 1;
    await this.#readHistory(page);
  }

  /** Ends this conversation and begins another (Guest API, section 5.4). */
  async newChat(): Promise<void> {
    // Of a conversation that is still open, `startNew` alone ends it and keeps this connection
    if (this.#connection && this.#state.kind === 'open' && this.#state.readOnly) {
      await this.#ask({ action: 'closeSession', closeAllConnections: true });
    }
    this.#wipeConversation();
    this.#startNew = true;
    if (this.#connection && this.#state.kind === 'open') this.#configure();
    else this.#restart();
  }

  /** Makes the conversation unreachable for everyone but the company (Guest API, section 5.7). */
  clear(): void {
    this.#sendEvent({ eventType: 'Presence', presence: { type: 'Clear' } });
  }

  /** Revokes the sign-in on every device, and forgets it here whatever the server answers. */
  async signOut(): Promise<void> {
    const jwt = this.#options.store.get('jwt');
    if (jwt !== null) await this.#rest.revoke(jwt).catch(() => undefined);
    this.forget('signed-out');
  }

  /** Wipes everything that is kept here, and closes. */
  forget(reason: ClosedReason): void {
    this.#forgotten += 1;
    this.#options.store.remove('jwt');
    this.#options.store.remove('refresh');
    this.#forgetSession();
    this.#close(reason);
  }

  disconnect(): void {
    this.#close('disconnected');
  }

  #configure(): void {
    const { store, deploymentId } = this.#options;
    const jwt = store.get('jwt');
    const request = {
      deploymentId,
      token: this.#token(),
      startNew: this.#startNew,
      ...(jwt === null
        ? { action: 'configureSession' }
        : { action: 'configureAuthenticatedSession', data: { code: jwt } }),
    };
    void this.#ask(request).then((frame) => this.#configured(frame));
  }

  #configured(frame: Frame): void {
    if (frame.kind === 'session') this.#opened(frame.session);
    else if (frame.kind === 'throttled') this.#lostAfter(frame.retryAfter * 1000);
    else if (frame.kind === 'error') void this.#refusedToConfigure(frame);
  }

  #opened(session: SessionBody): void {
    this.#attempt = 0;
    this.#renewed = false;
    this.#startNew = false;
    this.#setState({ kind: 'open', readOnly: session.readOnly });
    for (const draft of this.#outbox.drafts) this.#write(draft);
    if (!session.newSession) void this.#catchUp();
  }

  async #refusedToConfigure({ code, text }: Failure): Promise<void> {
    if (code === 401 && (await this.#renew())) return this.#configure();
    if (this.#state.kind === 'refused') return;
    if (code === 403) return this.#close('sign-in-required');
    if (code === DOWNGRADE || GONE.has(code)) {
      this.#forgetSession();
      return this.#close(code === DOWNGRADE ? 'signed-out' : 'expired');
    }
    this.#refuse(text);
  }

  /** A fresh JWT, once a connection: by the refresh token, else by a new proof. */
  async #renew(): Promise<boolean> {
    const { store, getProof } = this.#options;
    const refreshToken = store.get('refresh');
    const prove = getProof && (async () => this.#rest.exchange(await getProof()));
    if (this.#renewed || !(refreshToken || prove)) return false;
    this.#renewed = true;
    try {
      const tokens = refreshToken ? this.#rest.refresh(refreshToken).catch(prove) : prove?.();
      if (tokens) this.#keepTokens(await tokens);
      return true;
    } catch (error) {
      this.#refuse(messageOf(error), referenceOf(error));
      return false;
    }
  }

  async #exchange(proof: Proof) {
    try {
      return await this.#rest.exchange(proof);
    } catch (error) {
      this.#refuse(messageOf(error), referenceOf(error));
      throw error;
    }
  }

  #receive(frame: Frame): void {
    const answer = this.#answers.get(frame.tracingId);
    this.#answers.delete(frame.tracingId);
    switch (frame.kind) {
      case 'entry':
        return this.#heard(frame.entry, frame.tracingId);
      case 'typing':
        return this.#emit('typing', undefined);
      case 'throttled':
      case 'error':
        if (!answer) return this.#failed(frame);
        break;
      case 'session-cleared':
        this.#cleared = true;
        return;
      case 'session-expired':
        this.#forgetSession();
        return this.#close('expired');
      case 'logout':
        return this.forget('signed-out');
      case 'connection-closed':
        return this.#connectionClosed(frame.reason);
      default:
        break;
    }
    answer?.(frame);
  }

  #connectionClosed(reason: string): void {
    if (this.#cleared || reason === 'signedIn') this.#forgetSession();
    if (this.#cleared) return this.#close('cleared');
    this.#close(reason === 'signedIn' ? 'signed-out' : 'replaced');
  }

  #heard(entry: Entry, tracingId: string): void {
    if (tracingId && this.#outbox.find(tracingId)) {
      this.#outbox.remove(tracingId);
      this.#timeline.settle(tracingId, entry);
      this.#total += 1;
      return this.#emit('change', undefined);
    }
    this.#merge([entry]);
    if (entry.kind === 'notice' && entry.presence === 'Disconnect' && entry.readOnly) {
      this.#setState({ kind: 'open', readOnly: true });
    }
  }

  #merge(entries: readonly Entry[]): void {
    const fresh = this.#timeline.merge(entries);
    if (fresh.length === 0) return;
    this.#emit('entries', fresh);
    this.#emit('change', undefined);
  }

  /** An error in answer to a message: later again when it came too fast, else the customer's to see. */
  #failed(frame: Extract<Frame, { kind: 'error' | 'throttled' }>): void {
    const draft = this.#outbox.find(frame.tracingId);
    if (!draft) return;
    if (frame.kind === 'throttled') {
      this.#environment.after(frame.retryAfter * 1000, () => {
        if (this.#state.kind === 'open' && this.#outbox.find(draft.id)) this.#write(draft);
      });
      return;
    }
    const { code, text } = frame;
    this.#timeline.mark(draft.id, { kind: 'failed', failure: { code, text } });
    if (code === READ_ONLY) this.#setState({ kind: 'open', readOnly: true });
    this.#emit('change', undefined);
  }

  #try(draft: Draft): void {
    this.#emit('change', undefined);
    if (this.#state.kind === 'open') this.#write(draft);
  }

  #write({ id, text, attributes }: Draft): void {
    this.#connection?.send({
      action: 'onMessage',
      token: this.#token(),
      tracingId: id,
      message: {
        type: 'Text',
        text,
        // The server writes a message once under this id, however often it arrives
        metadata: { id },
        ...(attributes && { channel: { metadata: { customAttributes: attributes } } }),
      },
    });
  }

  #sendEvent(event: object): void {
    const message = { type: 'Event', events: [event] };
    const tracingId = this.#environment.uuid();
    this.#connection?.send({ action: 'onMessage', token: this.#token(), tracingId, message });
  }

  #ask(request: object): Promise<Frame> {
    const tracingId = this.#environment.uuid();
    const { promise, resolve } = Promise.withResolvers<Frame>();
    this.#answers.set(tracingId, resolve);
    this.#connection?.send({ token: this.#token(), tracingId, ...request });
    return promise;
  }

  /** What was said while this client was away. */
  async #catchUp(): Promise<void> {
    for (let page = 1; page <= CATCH_UP_PAGES; page += 1) {
      const before = this.#timeline.confirmedCount;
      const read = await this.#readHistory(page);
      const met = this.#timeline.confirmedCount - before < read;
      if (read < HISTORY_PAGE_SIZE || met || before === 0) return;
    }
  }

  /** How many entries the page had. */
  async #readHistory(page: number): Promise<number> {
    const frame = await this.#ask({ action: 'getJwt' });
    if (frame.kind !== 'jwt') return 0;
    try {
      const { entries, total } = await this.#rest.history(frame.jwt, page);
      this.#total = total;
      this.#settleKnown(entries);
      this.#merge(entries);
      return entries.length;
    } catch (error) {
      if (error instanceof RestError) return 0;
      throw error;
    }
  }

  /** A message may be in the history though its acknowledgement was lost; its resend will settle it. */
  #settleKnown(entries: readonly Entry[]): void {
    for (const draft of this.#outbox.drafts) {
      const entry = entries.find((other) => other.id === draft.id);
      if (!entry) continue;
      this.#outbox.remove(draft.id);
      this.#timeline.settle(draft.id, entry);
    }
  }

  #lost(): void {
    this.#lostAfter(backoffMs(this.#attempt + 1, this.#environment.random));
  }

  #lostAfter(delayMs: number): void {
    this.#drop();
    this.#attempt += 1;
    const retryAt = this.#environment.now() + delayMs;
    this.#setState({ kind: 'reconnecting', attempt: this.#attempt, retryAt });
    this.#cancelRetry = this.#environment.after(delayMs, () => this.connect());
  }

  /** Takes the line for dead without waiting for the silence, for example when the browser goes offline. */
  hangUp(): void {
    if (this.#connection) this.#lost();
  }

  /** Tries at once instead of waiting, for example when the browser is online again. */
  reconnectNow(): void {
    if (this.#state.kind !== 'reconnecting') return;
    this.#cancelRetry();
    this.connect();
  }

  #restart(): void {
    this.#drop();
    this.#setState({ kind: 'connecting' });
    this.connect();
  }

  #drop(): void {
    this.#cancelRetry();
    this.#answers.clear();
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
  }

  #close(reason: ClosedReason): void {
    this.#drop();
    this.#cleared = false;
    this.#setState({ kind: 'closed', reason });
  }

  #refuse(message: string, reference?: string): void {
    this.#drop();
    this.#setState({ kind: 'refused', message, ...(reference !== undefined && { reference }) });
  }

  /** Another person than before starts afresh: nothing of the first one's is shown. */
  #keepTokens({ jwt, refreshToken }: Tokens): Person {
    const { store } = this.#options;
    const person = readPerson(jwt);
    const known = this.#session()?.identity;
    if (known && known !== person.identity) this.#forgetSession();
    store.set('jwt', jwt);
    if (refreshToken !== undefined) store.set('refresh', refreshToken);
    store.set('session', JSON.stringify({ token: this.#token(), identity: person.identity }));
    return person;
  }

  #session(): { token: string; identity: string } | null {
    const kept = parseJson(this.#options.store.get('session'));
    const token = isRecord(kept) ? textAt(kept, 'token') : undefined;
    if (!isRecord(kept) || token === undefined) return null;
    return { token, identity: textAt(kept, 'identity') ?? '' };
  }

  /** The client's secret handle of its session: made once, kept until the session is over. */
  #token(): string {
    const known = this.#session();
    if (known) return known.token;
    const token = this.#environment.uuid();
    this.#options.store.set('session', JSON.stringify({ token, identity: '' }));
    return token;
  }

  #forgetSession(): void {
    this.#options.store.remove('session');
    this.#wipeConversation();
  }

  #wipeConversation(): void {
    this.#outbox.clear();
    this.#timeline.clear();
    this.#total = 0;
    this.#emit('change', undefined);
  }

  #setState(state: State): void {
    this.#state = state;
    this.#emit('state', state);
    this.#emit('change', undefined);
  }

  #emit<E extends keyof TransportEvents>(name: E, event: TransportEvents[E]): void {
    for (const listener of this.#listeners[name]) listener(event);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const referenceOf = (error: unknown): string | undefined =>
  error instanceof RestError ? error.reference : undefined;
