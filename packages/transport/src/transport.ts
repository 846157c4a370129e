/**
 * The client of the Guest API: connects, authenticates, sends and sends again, follows. Whatever
 * happens to the connection, a message is written once and nothing that was said is missed; whatever
 * happens to the proof, nothing that the customer wrote is lost.
 */
import { backoffMs } from './backoff.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Environment, standardEnvironment } from './environment.ts';
import type { Frame, SessionBody } from './frames.ts';
import { HistoryReader } from './history-reader.ts';
import { Listeners } from './listeners.ts';
import type { Entry, Failure } from './message.ts';
import { OutboxSender } from './outbox-sender.ts';
import { ProofKeeper } from './proof-keeper.ts';
import type { Json } from './read.ts';
import { Renewal, type Renewed } from './renewal.ts';
import { createRest, type Proof, type SiteFault, type Tokens } from './rest.ts';
import { referenceOf } from './rest-error.ts';
import { SessionHandle } from './session-handle.ts';
import { type Person, readPerson } from './session-jwt.ts';
import type { ClosedReason, Standing, State } from './state.ts';
import { Timeline } from './timeline.ts';
import type { TransportEvents, TransportOptions } from './transport-options.ts';

/** Codes after which the session is gone (Guest API, section 10). */
const GONE = new Set([4006, 4007]);
const DOWNGRADE = 4017;
const READ_ONLY = 409;
const TYPING_EVERY_MS = 5000;

export class Transport {
  #options: TransportOptions;
  #environment: Environment;
  #rest;
  #handle: SessionHandle;
  #timeline = new Timeline();
  #sender: OutboxSender;
  #history: HistoryReader;
  #proofs: ProofKeeper;
  #renewal: Renewal;
  #listeners = new Listeners();
  #state: State = { kind: 'idle' };
  #connection: Connection | null = null;
  #answers = new Map<string, (frame: Frame) => void>();
  /** What the server was shown last on this connection. */
  #shown: { readonly token: string; readonly jwt: string | null } | null = null;
  /** From a lapse until the server has seen a newer proof. */
  #isHeldBack = false;
  #attempt = 0;
  #startNew = false;
  #hasRenewed = false;
  #cleared = false;
  #signOuts = 0;
  #lastTyping = Number.NEGATIVE_INFINITY;
  #cancelRetry = () => {};

  constructor(options: TransportOptions) {
    const { store, url, deploymentId } = options;
    const environment = options.environment ?? standardEnvironment();
    const changed = () => this.#emit('change', undefined);
    this.#options = options;
    this.#environment = environment;
    this.#rest = createRest(url, deploymentId, environment);
    this.#handle = new SessionHandle(store, environment.uuid);
    this.#handle.dropForeign();
    this.#sender = new OutboxSender({
      store,
      environment,
      timeline: this.#timeline,
      mayWrite: () => this.#state.kind === 'open' && !this.#isHeldBack,
      write: (request, tracingId) =>
        this.#connection?.send({ token: this.#handle.token, tracingId, ...request }),
      changed,
    });
    this.#history = new HistoryReader({
      rest: this.#rest,
      timeline: this.#timeline,
      jwt: () => this.jwt(),
      merge: (entries) => {
        this.#sender.settleKnown(entries);
        this.#merge(entries);
      },
    });
    this.#proofs = new ProofKeeper({
      rest: this.#rest,
      store,
      handle: this.#handle,
      environment,
      getProof: options.getProof,
      anotherPerson: () => {
        this.#drop();
        this.#wipePerson();
      },
    });
    this.#renewal = new Renewal({
      environment,
      lockName: `countersign-${deploymentId}`,
      kept: () => this.#proofs.kept(),
      obtain: () => this.#proofs.obtain(),
      renewed: () => this.#renewed(),
      changed: () => {
        if (this.standing.kind === 'lapsed') this.#isHeldBack = true;
        changed();
      },
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Of a person who is signed in; a guest has no proof that could end. */
  get standing(): Standing {
    return this.#renewal.standing;
  }

  /** Oldest first, with what is under way at the end. */
  get entries(): readonly Entry[] {
    return this.#timeline.entries;
  }

  /** Who is signed in here; null for a guest. */
  get person(): Person | null {
    const { jwt } = this.#proofs;
    return jwt === null ? null : readPerson(jwt);
  }

  get hasOlder(): boolean {
    return this.#history.hasOlder;
  }

  /** What is being written: kept over a page load, and wiped with the person who wrote it. */
  get draft(): string {
    return this.kept('draft');
  }

  set draft(text: string) {
    this.keep('draft', text);
  }

  /** As the draft: `answers` are those of questions before the chat, which ride on the first message. */
  kept(key: 'draft' | 'answers'): string {
    return this.#options.store.get(key) ?? '';
  }

  keep(key: 'draft' | 'answers', text: string): void {
    this.#handle.mark();
    if (text === '') this.#options.store.remove(key);
    else this.#options.store.set(key, text);
  }

  on<E extends keyof TransportEvents>(
    name: E,
    listener: (event: TransportEvents[E]) => void,
  ): () => void {
    return this.#listeners.add(name, listener);
  }

  /** Opens or continues the session: as the person whose sign-in is kept, else as a guest. */
  connect(): void {
    if (this.#connection) return;
    this.#hasRenewed = false;
    if (this.#state.kind !== 'reconnecting') this.#setState({ kind: 'connecting' });
    const { application, capabilities = [], deploymentId, url } = this.#options;
    const query = new URLSearchParams({
      deploymentId,
      ...(application && { application }),
      ...(capabilities.length > 0 && { capabilities: capabilities.join() }),
    });
    this.#connection = openConnection(
      `${url.replace(/^http/, 'ws')}/v1?${query}`,
      this.#environment,
      {
        opened: () => this.#configure(),
        frame: (frame) => this.#receive(frame),
        lost: () => this.#lost(),
      },
    );
    this.#renewal.follow();
  }

  /**
   * Exchanges a proof and connects as that person; on an open session it steps up, or renews. What is
   * open stays so when the proof is refused. Rejects with `RestError`.
   */
  async signIn(proof: Proof): Promise<Person> {
    const signedOut = this.#signOuts;
    try {
      const person = await this.#proofs.exchange(proof);
      this.#renewal.follow();
      if (this.#isOpenAsKept()) this.#configure();
      else this.#restart();
      return person;
    } catch (error) {
      const goesOn = this.#state.kind === 'open' || this.#state.kind === 'reconnecting';
      if (!goesOn && signedOut === this.#signOuts) {
        this.#refuse(error instanceof Error ? error.message : '', referenceOf(error));
      }
      throw error;
    }
  }

  /** A new proof now, without a word to the customer: by the refresh token, else by `getProof`. */
  renew(): Promise<Renewed> {
    return this.#renewal.renew();
  }

  /** `content`: files that were uploaded (`fileContent`). */
  send(
    text: string,
    attributes?: Readonly<Record<string, string>>,
    content?: readonly Json[],
  ): void {
    this.#handle.mark();
    this.#sender.send(text, attributes, content);
  }

  /** Tries a failed message again, under the same id. */
  retry(key: string): void {
    this.#sender.retry(key);
  }

  /** Gives up on a failed message. */
  discard(key: string): void {
    this.#sender.discard(key);
  }

  typing(): void {
    const now = this.#environment.now();
    if (this.#state.kind !== 'open' || now - this.#lastTyping < TYPING_EVERY_MS) return;
    this.#lastTyping = now;
    this.#sendEvent({ eventType: 'Typing', typing: { type: 'On' } });
  }

  /** Reads the next page of earlier entries. */
  loadOlder(): Promise<void> {
    return this.#history.older();
  }

  /**
   * Asks over the socket, in this session. Never answered when the line is lost first: `state` tells of it.
   */
  ask(request: object): Promise<Frame> {
    const tracingId = this.#environment.uuid();
    const { promise, resolve } = Promise.withResolvers<Frame>();
    this.#answers.set(tracingId, resolve);
    this.#connection?.send({ token: this.#handle.token, tracingId, ...request });
    return promise;
  }

  /** For the HTTP half of the Guest API, for a few minutes; null: not now. */
  async jwt(): Promise<string | null> {
    const frame = await this.ask({ action: 'getJwt' });
    return frame.kind === 'jwt' ? frame.jwt : null;
  }

  /** Ends this conversation and begins another (Guest API, section 5.4). */
  async newChat(): Promise<void> {
    // Of a conversation that is still open, `startNew` alone ends it and keeps this connection
    if (this.#connection && this.#state.kind === 'open' && this.#state.readOnly) {
      await this.ask({ action: 'closeSession', closeAllConnections: true });
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

  /**
   * Forgets the sign-in here at once, and revokes it: on every device, or on this one alone. Rejects
   * with `RestError` when the server did not hear of it.
   */
  async signOut({ everywhere = true } = {}): Promise<void> {
    const tokens = this.#forget('signed-out');
    if (tokens) await this.#proofs.revoke(tokens, everywhere);
  }

  /** Wipes everything that is kept here, and closes. */
  forget(reason: ClosedReason): void {
    this.#forget(reason);
  }

  disconnect(): void {
    this.#close('disconnected');
  }

  /** Another tab has changed what is kept: it renewed, signed out, or somebody else signed in there. */
  tokensChanged(): void {
    if (this.#state.kind === 'idle') return;
    if (this.#proofs.jwt === null) {
      if (this.#shown?.jwt) this.forget('signed-out');
    } else if (this.#shown?.token !== this.#handle.token) {
      this.#proofs.overtake();
      this.#drop();
      this.#renewal.stop();
      this.#wipePerson();
      this.#restart();
    } else if (this.#state.kind !== 'closed') {
      this.#renewal.follow();
      this.#renewed();
    }
  }

  /** The device woke up, or is online again: does at once what timers would do too late. */
  wake(): void {
    this.#renewal.wake();
    if (this.#state.kind !== 'reconnecting') return;
    this.#cancelRetry();
    this.connect();
  }

  /** Takes the line for dead without waiting for the silence, for example when the browser goes offline. */
  hangUp(): void {
    if (this.#connection) this.#lost();
  }

  /** Tells the administrator that the page gave no proof. The reference of that attempt, if there is one. */
  async reportSiteFault(fault: SiteFault): Promise<string | undefined> {
    return this.#rest.siteFault(fault).then(() => undefined, referenceOf);
  }

  #configure(catchUp = true): void {
    const { deploymentId } = this.#options;
    const { jwt } = this.#proofs;
    const { token } = this.#handle;
    this.#shown = { token, jwt };
    const request = {
      deploymentId,
      token,
      startNew: this.#startNew,
      ...(jwt === null
        ? { action: 'configureSession' }
        : { action: 'configureAuthenticatedSession', data: { code: jwt } }),
    };
    void this.ask(request).then((frame) => this.#configured(frame, catchUp));
  }

  #configured(frame: Frame, catchUp: boolean): void {
    if (frame.kind === 'session') this.#opened(frame.session, catchUp);
    else if (frame.kind === 'throttled') this.#configureAfter(frame.retryAfter * 1000);
    else if (frame.kind === 'error') void this.#refusedToConfigure(frame);
  }

  #configureAfter(delayMs: number): void {
    if (this.#state.kind !== 'open') return this.#lostAfter(delayMs);
    this.#environment.after(delayMs, () => this.#isOpenAsKept() && this.#configure(false));
  }

  #opened(session: SessionBody, catchUp: boolean): void {
    this.#attempt = 0;
    this.#hasRenewed = false;
    this.#startNew = false;
    this.#isHeldBack = this.standing.kind === 'lapsed';
    this.#setState({ kind: 'open', readOnly: session.readOnly });
    // A newer proof came while the server looked at this one
    if (this.#proofs.jwt !== this.#shown?.jwt) return this.#configure(catchUp);
    this.#sender.flush();
    // A person's new session may have joined the conversation of another device
    if (catchUp && !(session.newSession && this.#shown?.jwt === null)) void this.#history.catchUp();
  }

  /** There is a newer JWT than the one that the server was shown. */
  #renewed(): void {
    const { kind } = this.#state;
    if (this.#isOpenAsKept()) this.#configure(false);
    else if (
      kind === 'refused' ||
      (!this.#connection && (kind === 'open' || kind === 'connecting'))
    )
      this.#restart();
  }

  /** Open under the token that is kept: not when the tokens have become another person's. */
  #isOpenAsKept(): boolean {
    const isSame = this.#shown?.token === this.#handle.token;
    return this.#connection !== null && this.#state.kind === 'open' && isSame;
  }

  async #refusedToConfigure({ code, text }: Failure): Promise<void> {
    if (code === 401) {
      const connection = this.#connection;
      const renewed = await this.#renewOnce(text);
      if (connection !== this.#connection) return;
      // What is open stays so: the renewal goes on by itself
      if (this.#state.kind === 'open') return;
      if (renewed.kind === 'renewed') return this.#configure();
      if (renewed.kind === 'unavailable') return this.#lost();
      return this.#refuse(renewed.message, renewed.reference);
    }
    if (code === 403) return this.#close('sign-in-required');
    if (code === DOWNGRADE || GONE.has(code)) {
      this.#forgetSession();
      return this.#close(code === DOWNGRADE ? 'signed-out' : 'expired');
    }
    this.#refuse(text);
  }

  /** A fresh JWT, once a connection. */
  async #renewOnce(message: string): Promise<Renewed> {
    if (this.#hasRenewed) return { kind: 'refused', message };
    this.#hasRenewed = true;
    return this.#renewal.renew();
  }

  #receive(frame: Frame): void {
    const answer = this.#answers.get(frame.tracingId);
    this.#answers.delete(frame.tracingId);
    switch (frame.kind) {
      case 'entry':
        return this.#heard(frame.entry, frame.tracingId);
      case 'typing':
        return this.#emit('typing', undefined);
      case 'authenticate':
        return this.#emit('authentication-requested', undefined);
      case 'throttled':
      case 'error':
        if (!answer) return this.#failed(frame);
        break;
      case 'other':
        if (!answer) return this.#emit('other', frame);
        break;
      case 'session-cleared':
        this.#cleared = true;
        return;
      case 'session-expired':
        this.#forgetSession();
        return this.#close('expired');
      case 'logout':
        return this.#loggedOut();
      case 'connection-closed':
        return this.#connectionClosed(frame.reason);
      default:
        break;
    }
    answer?.(frame);
  }

  /** The next person may already be signed in by another tab: theirs is not wiped. */
  #loggedOut(): void {
    if (this.#shown?.token === this.#handle.token) this.forget('signed-out');
    else this.tokensChanged();
  }

  #connectionClosed(reason: string): void {
    if (this.#cleared || reason === 'signedIn') this.#forgetSession();
    if (this.#cleared) return this.#close('cleared');
    this.#close(reason === 'signedIn' ? 'signed-out' : 'replaced');
  }

  #heard(entry: Entry, tracingId: string): void {
    if (tracingId && this.#sender.settle(entry, tracingId)) {
      this.#history.grow();
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

  #failed(frame: Extract<Frame, { kind: 'error' | 'throttled' }>): void {
    this.#sender.failed(frame);
    if (frame.kind === 'error' && frame.code === READ_ONLY) {
      this.#setState({ kind: 'open', readOnly: true });
    }
  }

  #sendEvent(event: object): void {
    const message = { type: 'Event', events: [event] };
    const tracingId = this.#environment.uuid();
    const { token } = this.#handle;
    this.#connection?.send({ action: 'onMessage', token, tracingId, message });
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
    this.#renewal.stop();
    this.#cleared = false;
    this.#setState({ kind: 'closed', reason });
  }

  #refuse(message: string, reference?: string): void {
    this.#drop();
    this.#setState({ kind: 'refused', message, ...(reference !== undefined && { reference }) });
  }

  #forget(reason: ClosedReason): Tokens | null {
    this.#signOuts += 1;
    const tokens = this.#proofs.forget();
    this.#handle.forget();
    this.#wipePerson();
    this.#close(reason);
    return tokens;
  }

  #forgetSession(): void {
    this.#handle.forget();
    this.#shown = null;
    this.#wipeConversation();
  }

  #wipePerson(): void {
    this.#shown = null;
    for (const key of ['draft', 'answers', 'writer'] as const) this.#options.store.remove(key);
    this.#wipeConversation();
    this.#emit('wiped', undefined);
  }

  #wipeConversation(): void {
    this.#sender.clear();
    this.#timeline.clear();
    this.#history.clear();
    this.#emit('change', undefined);
  }

  #setState(state: State): void {
    this.#state = state;
    this.#emit('state', state);
    this.#emit('change', undefined);
  }

  #emit<E extends keyof TransportEvents>(name: E, event: TransportEvents[E]): void {
    this.#listeners.tell(name, event);
  }
}
