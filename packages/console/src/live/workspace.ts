import type { Conversation, LiveFrame, Me, Presence } from '@countersign/protocol';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { readFailedAgain } from '../query-client.ts';
import { servesCustomers } from '../shell/roles.ts';
import { applyConversation, applyFrame, endOffer } from './apply-frame.ts';
import { AttemptFeed } from './attempt-feed.ts';
import { Attention } from './attention.ts';
import { InboxReader } from './inbox-reader.ts';
import { LiveFeed } from './live-feed.ts';
import { LogReader } from './log-reader.ts';
import { Outbox } from './outbox.ts';
import { Store } from './store.ts';
import { initialState, type WorkspaceState, withoutEntry } from './workspace-state.ts';

const TYPING_SHOWN_MS = 7000;

const liveUrl = (): string => `${location.origin.replace(/^http/, 'ws')}/api/live`;

/** One person's view of the node: its state, and everything that this person can do. */
export class Workspace {
  readonly store: Store<WorkspaceState>;
  readonly logs: LogReader;
  readonly outbox: Outbox;
  readonly attention: Attention;
  readonly attempts: AttemptFeed;
  readonly inbox: InboxReader;
  readonly #feed: LiveFeed;

  constructor(me: Me) {
    this.store = new Store(initialState(me));
    this.logs = new LogReader(this.store);
    this.inbox = new InboxReader(this.store);
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
    if (this.store.get().list.state !== 'ready') this.#readInbox();
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
    if (!resumed || this.store.get().list.state !== 'ready') this.#readInbox();
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

  #readInbox(): void {
    if (servesCustomers(this.store.get().me.roles)) this.inbox.startOver();
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

  forgetMention(id: string): void {
    this.store.update((state) => ({
      ...state,
      mentions: state.mentions.filter(({ entry }) => entry.id !== id),
    }));
  }

  forgetOfferOver(): void {
    this.store.update((state) => ({ ...state, offerOver: null }));
  }

  pick = (id: string): Promise<void> => this.#change(workspaceApi.pick(id));

  /** Ends the time for notes after the end, before it is over. */
  close = (id: string): Promise<void> => this.#change(workspaceApi.close(id));

  assign = (id: string, agent: string): Promise<void> =>
    this.#change(workspaceApi.assign(id, agent));

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

  /**
   * Chooses the own presence; it shows at once and goes back when the node refuses. What holds is told
   * by the node: who is full is not available, whatever is chosen.
   */
  async setPresence(presence: Presence): Promise<void> {
    const { me } = this.store.get();
    const show = (presence: Presence, chosen: Presence | undefined) =>
      this.store.update((state) => ({ ...state, me: withPresence(state.me, presence, chosen) }));
    show(presence, presence);
    try {
      await workspaceApi.setPresence(presence);
    } catch (error) {
      show(me.presence, me.chosen);
      throw error;
    }
    await this.refreshMe();
  }
}

function withPresence({ chosen: _, ...me }: Me, presence: Presence, chosen?: Presence): Me {
  return { ...me, presence, ...(chosen === undefined ? {} : { chosen }) };
}
