import type { Conversation, LiveFrame, Me, Presence } from '@countersign/protocol';
import { RequestError } from '../api/request.ts';
import { type MessageKind, workspaceApi } from '../api/workspace-api.ts';
import { applyConversation, applyEntry, applyFrame, endOffer } from './apply-frame.ts';
import { mergeEntries, missingAfter } from './entry-log.ts';
import { beginListing, endListing } from './listing.ts';
import { LiveFeed } from './live-feed.ts';
import { loadReadMarks, saveReadMark } from './read-marks.ts';
import { Store } from './store.ts';
import { initialState, type WorkspaceState, withEntry, withoutEntry } from './workspace-state.ts';

const PAGE_ENTRIES = 100;
/** Beyond this many the list says that there are more. */
export const LISTED_LIMIT = 2000;
const TYPING_SHOWN_MS = 7000;

const liveUrl = (): string => `${location.origin.replace(/^http/, 'ws')}/api/live`;

/** One person's view of the node: its state, and everything that this person can do. */
export class Workspace {
  readonly store: Store<WorkspaceState>;
  readonly #feed: LiveFeed;
  readonly #reading = new Set<string>();
  #watched: readonly string[] = [];
  #listingRun = 0;

  constructor(me: Me) {
    this.store = new Store(initialState(me));
    this.#feed = new LiveFeed({
      url: liveUrl(),
      onFrame: (frame) => this.#receive(frame),
      onStatus: (feed) => {
        this.store.update((state) => ({ ...state, feed }));
        // A socket cannot say 401; this call can, and leads to the sign-in screen.
        if (feed.state === 'offline') this.#withoutFeed();
      },
    });
  }

  start(): void {
    this.#feed.start();
    addEventListener('online', this.#online);
  }

  stop(): void {
    this.#feed.stop();
    removeEventListener('online', this.#online);
  }

  retryNow(): void {
    this.#feed.retryNow();
  }

  #withoutFeed(): void {
    workspaceApi.me().catch(() => {});
    // Without a feed the list is better than nothing.
    if (this.store.get().listing !== 'ready') void this.loadListing();
  }

  #online = (): void => this.#feed.retryNow();

  #receive(frame: LiveFrame): void {
    this.store.update((state) => applyFrame(state, frame, Date.now()));
    if (frame.type === 'ready') this.#caughtUp(frame.resumed);
    if (frame.type === 'entry') this.#afterEntry(frame.conversation);
    if (frame.type === 'conversation') this.#repair(frame.conversation.id);
    if (frame.type === 'typing') this.#forgetTyping(frame.conversation);
  }

  #caughtUp(resumed: boolean): void {
    if (!resumed || this.store.get().listing !== 'ready') void this.loadListing();
    void this.refreshMe();
    for (const id of this.store.get().logs.keys()) this.#repair(id);
  }

  /** Presence, load and offers as the node has them. Failures show as a lost connection. */
  async refreshMe(): Promise<void> {
    try {
      const me = await workspaceApi.me();
      this.store.update((state) => ({ ...state, me, offers: me.offers }));
    } catch {
      // The feed tells of lost connections, and 401 leads to the sign-in screen.
    }
  }

  /** Reads all open conversations. Failures end in `listing: 'failed'`, unless a list is there. */
  async loadListing(): Promise<void> {
    this.#listingRun += 1;
    const run = this.#listingRun;
    this.store.update(beginListing);
    try {
      const items = await listOpenConversations();
      if (run !== this.#listingRun) return;
      const marks = loadReadMarks(this.store.get().me.id);
      this.store.update((state) => endListing(state, items, marks));
    } catch {
      this.store.update((state) =>
        state.listing === 'ready' ? state : { ...state, listing: 'failed' },
      );
    }
  }

  /** Reads a conversation and the end of its log. Throws `RequestError`. */
  async openConversation(id: string): Promise<void> {
    const conversation = await workspaceApi.conversation(id);
    this.store.update((state) => applyConversation(state, conversation));
    if (this.store.get().logs.has(id)) return this.#repair(id);
    const after = Math.max(0, conversation.lastSeq - PAGE_ENTRIES);
    const { items } = await workspaceApi.entries(id, after, PAGE_ENTRIES);
    this.store.update((state) => ({
      ...state,
      logs: withEntry(state.logs, id, mergeEntries(state.logs.get(id) ?? [], items)),
    }));
    this.#repair(id);
  }

  /** Reads what came before the first entry on screen. Throws `RequestError`. */
  async loadEarlier(id: string): Promise<void> {
    const first = this.store.get().logs.get(id)?.[0]?.seq ?? 1;
    if (first === 1) return;
    const after = Math.max(0, first - 1 - PAGE_ENTRIES);
    await this.#readEntries(id, after, first - 1 - after);
  }

  async #readEntries(id: string, after: number, limit: number): Promise<void> {
    const { items } = await workspaceApi.entries(id, after, limit);
    this.store.update((state) => {
      const log = state.logs.get(id);
      return log ? { ...state, logs: withEntry(state.logs, id, mergeEntries(log, items)) } : state;
    });
  }

  /** Reads what the log on screen lacks, if anything; one reading at a time. */
  #repair(id: string): void {
    const { logs, conversations } = this.store.get();
    const log = logs.get(id);
    const after = log && missingAfter(log, conversations.get(id)?.lastSeq ?? 0);
    if (after === undefined || after === null || this.#reading.has(id)) return;
    this.#reading.add(id);
    const read = this.#readEntries(id, after, PAGE_ENTRIES).then(
      () => true,
      () => false,
    );
    void read.then((done) => {
      this.#reading.delete(id);
      const left = missingAfter(
        this.store.get().logs.get(id) ?? [],
        this.store.get().conversations.get(id)?.lastSeq ?? 0,
      );
      if (done && left !== null && left > after) this.#repair(id);
    });
  }

  #afterEntry(id: string): void {
    if (this.store.get().viewing === id) this.#saveMark(id);
    this.#repair(id);
  }

  /** Says which conversation is on screen: it is followed and counts as read. */
  view(id: string | null): void {
    const before = this.store.get().viewing;
    if (before === id) return;
    this.store.update((state) => ({ ...state, viewing: id }));
    if (before && !this.#watched.includes(before)) this.#unfollow(before);
    if (id) {
      this.#follow(id);
      this.markRead(id);
    }
  }

  /** Says which rows of the list are in sight: their previews are kept up to date. */
  watch(ids: readonly string[]): void {
    const before = this.#watched;
    this.#watched = ids;
    const { viewing } = this.store.get();
    for (const id of before) if (!ids.includes(id) && id !== viewing) this.#unfollow(id);
    for (const id of ids) if (!before.includes(id)) this.#follow(id);
  }

  #follow(id: string): void {
    if (this.#isMine(id)) return;
    const { logs, conversations } = this.store.get();
    const held = logs.get(id)?.at(-1)?.seq ?? conversations.get(id)?.lastSeq;
    if (held !== undefined) this.#feed.follow(id, held);
  }

  #unfollow(id: string): void {
    // To unfollow an own conversation would end what the node sends by itself.
    if (this.#isMine(id)) this.#feed.keep(id);
    else this.#feed.unfollow(id);
  }

  #isMine(id: string): boolean {
    const { conversations, me } = this.store.get();
    return conversations.get(id)?.assignee?.id === me.id;
  }

  markRead(id: string): void {
    this.store.update((state) => {
      const reading = state.reading.get(id);
      if (!reading || reading.unread === 0) return state;
      return { ...state, reading: withEntry(state.reading, id, { ...reading, unread: 0 }) };
    });
    this.#saveMark(id);
  }

  #saveMark(id: string): void {
    const { me, conversations } = this.store.get();
    const conversation = conversations.get(id);
    if (conversation) saveReadMark(me.id, id, conversation.lastSeq);
  }

  #forgetTyping(id: string): void {
    setTimeout(() => {
      this.store.update((state) => {
        const typing = state.typing.get(id);
        const over = typing && Date.now() - typing.since >= TYPING_SHOWN_MS;
        return over ? { ...state, typing: withoutEntry(state.typing, id) } : state;
      });
    }, TYPING_SHOWN_MS);
  }

  /** Sends a message or a note; it shows at once and stays, failed, when it cannot be sent. */
  async send(id: string, kind: MessageKind, text: string): Promise<void> {
    const clientId = newClientId();
    const at = new Date().toISOString();
    this.store.update((state) => ({
      ...state,
      outgoing: [
        ...state.outgoing,
        { conversation: id, clientId, kind, text, at, state: 'sending' },
      ],
    }));
    await this.#deliver(clientId);
  }

  /** Sends a failed message again, under the same `clientId`: it can only arrive once. */
  async resend(clientId: string): Promise<void> {
    this.#markOutgoing(clientId, 'sending');
    await this.#deliver(clientId);
  }

  discard(clientId: string): void {
    this.store.update((state) => ({
      ...state,
      outgoing: state.outgoing.filter((message) => message.clientId !== clientId),
    }));
  }

  async #deliver(clientId: string): Promise<void> {
    const message = this.store.get().outgoing.find((item) => item.clientId === clientId);
    if (!message) return;
    const { conversation, text, kind } = message;
    try {
      const body = kind === 'note' ? { text, clientId, kind } : { text, clientId };
      const entry = await workspaceApi.sendMessage(conversation, body);
      this.store.update((state) => applyEntry(state, conversation, { ...entry, clientId }));
      this.#repair(conversation);
    } catch {
      this.#markOutgoing(clientId, 'failed');
    }
  }

  #markOutgoing(clientId: string, state: 'sending' | 'failed'): void {
    this.store.update((before) => ({
      ...before,
      outgoing: before.outgoing.map((message) =>
        message.clientId === clientId ? { ...message, state } : message,
      ),
    }));
  }

  /** Takes an offered conversation. Throws `RequestError`, `offer.gone` when it went elsewhere. */
  async accept(id: string): Promise<void> {
    try {
      await this.#change(workspaceApi.accept(id));
    } catch (error) {
      const gone = error instanceof RequestError && (error.status === 409 || error.status === 404);
      if (gone) this.store.update((state) => endOffer(state, id, 'withdrawn'));
      throw error;
    }
    this.store.update((state) => endOffer(state, id, 'accepted'));
  }

  /** Leaves an offer to the next agent; it goes at once and comes back when that fails. */
  async decline(id: string): Promise<void> {
    this.store.update((state) => endOffer(state, id, 'declined'));
    await this.#change(workspaceApi.decline(id)).catch(() => this.refreshMe());
  }

  /** The time of an offer is up, whether or not the node has said so. */
  expireOffer(id: string): void {
    this.store.update((state) => endOffer(state, id, 'timeout'));
  }

  forgetOfferOver(): void {
    this.store.update((state) => ({ ...state, offerOver: null }));
  }

  pick = (id: string): Promise<void> => this.#change(workspaceApi.pick(id));

  end = (id: string): Promise<void> => this.#change(workspaceApi.end(id));

  transfer = (
    id: string,
    target: { queue?: string; agent?: string; note?: string },
  ): Promise<void> => this.#change(workspaceApi.transfer(id, target));

  async #change(call: Promise<Conversation>): Promise<void> {
    const conversation = await call;
    this.store.update((state) => applyConversation(state, conversation));
    this.#repair(conversation.id);
  }

  /** Changes the own presence; it shows at once and goes back when the node refuses. */
  async setPresence(presence: Presence): Promise<void> {
    const before = this.store.get().me.presence;
    const show = (value: Presence) =>
      this.store.update((state) => ({ ...state, me: { ...state.me, presence: value } }));
    show(presence);
    try {
      await workspaceApi.setPresence(presence);
    } catch (error) {
      show(before);
      throw error;
    }
  }
}

/** `crypto.randomUUID` is missing where the console is served without TLS; this is not. */
const newClientId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

async function listOpenConversations(): Promise<Conversation[]> {
  const items: Conversation[] = [];
  let cursor: string | undefined;
  do {
    const page = await workspaceApi.openConversations(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && items.length < LISTED_LIMIT);
  return items;
}
