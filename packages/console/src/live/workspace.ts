import type { Conversation, LiveFrame, Me, Presence } from '@countersign/protocol';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { readFailedAgain } from '../query-client.ts';
import { servesCustomers } from '../shell/roles.ts';
import { applyConversation, applyFrame, endOffer } from './apply-frame.ts';
import { AttemptFeed } from './attempt-feed.ts';
import { Attention } from './attention.ts';
import { beginListing, endListing } from './listing.ts';
import { LiveFeed } from './live-feed.ts';
import { LogReader } from './log-reader.ts';
import { Outbox } from './outbox.ts';
import { loadReadMarks } from './read-marks.ts';
import { Store } from './store.ts';
import { initialState, type WorkspaceState, withoutEntry } from './workspace-state.ts';

/** Beyond this many the list says that there are more. */
export const LISTED_LIMIT = 2000;
const TYPING_SHOWN_MS = 7000;

const liveUrl = (): string => `${location.origin.replace(/^http/, 'ws')}/api/live`;

/** One person's view of the node: its state, and everything that this person can do. */
export class Workspace {
  readonly store: Store<WorkspaceState>;
  readonly logs: LogReader;
  readonly outbox: Outbox;
  readonly attention: Attention;
  readonly attempts: AttemptFeed;
  readonly #feed: LiveFeed;
  #listingRun = 0;

  constructor(me: Me) {
    this.store = new Store(initialState(me));
    this.logs = new LogReader(this.store);
    this.outbox = new Outbox(this.store, (id) => this.logs.repair(id));
    this.#feed = new LiveFeed({
      url: liveUrl(),
      onFrame: (frame) => this.#receive(frame),
      onStatus: (feed) => {
        this.store.update((state) => ({ ...state, feed }));
        if (feed.state === 'offline') this.#withoutFeed();
      },
    });
    this.attention = new Attention(this.store, this.#feed);
    this.attempts = new AttemptFeed((wanted) => this.#feed.followAttempts(wanted));
  }

  start(): void {
    this.#feed.start();
    addEventListener('online', this.retryNow);
  }

  stop(): void {
    this.#feed.stop();
    removeEventListener('online', this.retryNow);
  }

  retryNow = (): void => this.#feed.retryNow();

  #withoutFeed(): void {
    // A socket cannot say 401; this call can, and leads to the sign-in screen.
    workspaceApi.me().catch(() => {});
    // Without a feed the list is better than nothing.
    if (this.store.get().listing !== 'ready') void this.loadListing();
  }

  #receive(frame: LiveFrame): void {
    this.store.update((state) => applyFrame(state, frame, Date.now()));
    this.attempts.receive(frame);
    if (frame.type === 'ready') this.#caughtUp(frame.resumed);
    if (frame.type === 'conversation') this.logs.repair(frame.conversation.id);
    if (frame.type === 'typing') this.#forgetTyping(frame.conversation);
    if (frame.type === 'entry') {
      this.attention.entryCame(frame.conversation);
      this.logs.repair(frame.conversation);
    }
  }

  #caughtUp(resumed: boolean): void {
    if (!resumed || this.store.get().listing !== 'ready') void this.loadListing();
    void this.refreshMe();
    void readFailedAgain();
    for (const id of this.store.get().logs.keys()) this.logs.repair(id);
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
    if (!servesCustomers(this.store.get().me.roles)) return;
    this.#listingRun += 1;
    const run = this.#listingRun;
    this.store.update(beginListing);
    try {
      const items = await listOpenConversations();
      if (run !== this.#listingRun) return;
      const marks = loadReadMarks(this.store.get().me.id);
      this.store.update((state) => endListing(state, items, marks));
    } catch {
      if (run !== this.#listingRun) return;
      this.store.update((state) =>
        state.listing === 'ready' ? state : { ...state, listing: 'failed' },
      );
    }
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
    this.store.update((state) => applyConversation(state, conversation, Date.now()));
    this.logs.repair(conversation.id);
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
