import type { LiveFeed } from './live-feed.ts';
import { ReadMarks } from './read-marks.ts';
import type { Store } from './store.ts';
import { type WorkspaceState, withEntry } from './workspace-state.ts';

/**
 * What this person looks at: the conversation on screen and the rows in sight. The node sends entries of
 * the own conversations by itself; the others are followed as long as they are looked at.
 */
export class Attention {
  readonly #store: Store<WorkspaceState>;
  readonly #feed: LiveFeed;
  readonly #marks = new ReadMarks();
  #rows: readonly string[] = [];

  constructor(store: Store<WorkspaceState>, feed: LiveFeed) {
    this.#store = store;
    this.#feed = feed;
  }

  /** Which conversation is on screen: it counts as read. */
  view(id: string | null): void {
    const before = this.#store.get().viewing;
    if (before === id) return;
    this.#store.update((state) => ({ ...state, viewing: id }));
    if (before && !this.#rows.includes(before)) this.#unfollow(before);
    this.#feed.view(id === null ? null : { conversation: id, typing: false });
    if (id === null) return;
    this.#forgetMentions(id);
    this.#follow(id);
    this.#markRead(id);
  }

  /** Which rows of the list are in sight: their previews are kept up to date. */
  watch(ids: readonly string[]): void {
    const before = this.#rows;
    this.#rows = ids;
    const { viewing } = this.#store.get();
    for (const id of before) if (!ids.includes(id) && id !== viewing) this.#unfollow(id);
    for (const id of ids) if (!before.includes(id)) this.#follow(id);
  }

  /** An entry came: what is on screen is read by that. */
  entryCame(id: string): void {
    if (this.#store.get().viewing === id) this.#saveMark(id);
  }

  /** Colleagues who look at the same conversation are told that somebody writes. */
  writes(id: string, typing: boolean): void {
    if (this.#store.get().viewing === id) this.#feed.view({ conversation: id, typing });
  }

  #forgetMentions(id: string): void {
    this.#store.update((state) =>
      state.mentions.some(({ conversation }) => conversation === id)
        ? { ...state, mentions: state.mentions.filter(({ conversation }) => conversation !== id) }
        : state,
    );
  }

  #markRead(id: string): void {
    this.#store.update((state) => {
      const reading = state.reading.get(id);
      if (!reading || reading.unread === 0) return state;
      return { ...state, reading: withEntry(state.reading, id, { ...reading, unread: 0 }) };
    });
    this.#saveMark(id);
  }

  #saveMark(id: string): void {
    const conversation = this.#store.get().conversations.get(id);
    if (conversation) this.#marks.read(id, conversation.lastSeq);
  }

  #follow(id: string): void {
    if (this.#isMine(id)) return;
    const { logs, conversations } = this.#store.get();
    const held = logs.get(id)?.at(-1)?.seq ?? conversations.get(id)?.lastSeq;
    if (held !== undefined) this.#feed.follow(id, held);
  }

  #unfollow(id: string): void {
    // To unfollow an own conversation would end what the node sends by itself.
    if (this.#isMine(id)) this.#feed.keep(id);
    else this.#feed.unfollow(id);
  }

  #isMine(id: string): boolean {
    const { conversations, me } = this.#store.get();
    return conversations.get(id)?.assignee?.id === me.id;
  }
}
