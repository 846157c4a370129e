import type { Conversation, Inbox } from '@countersign/protocol';
import { type InboxQuery, workspaceApi } from '../api/workspace-api.ts';
import { beginPage, endPage, forgetConversations } from './listing.ts';
import type { Store } from './store.ts';
import type { InboxList, WorkspaceState } from './workspace-state.ts';

const PAGE_ITEMS = 100;

const sameList = (a: InboxQuery, b: InboxQuery): boolean =>
  a.view === b.view && a.name === b.name && a.sort === b.sort;

/**
 * Reads the view on screen, page by page as it is scrolled, and what is mine whatever the view, so that
 * the unread count is right. Frames keep what was read up to date.
 */
export class InboxReader {
  readonly #store: Store<WorkspaceState>;
  /** Pages are read one after the other; an answer to what is no longer asked is dropped. */
  #run = 0;

  constructor(store: Store<WorkspaceState>) {
    this.#store = store;
  }

  /** Shows a view; its first page is read unless it is on screen already. */
  show(query: InboxQuery): void {
    const { list } = this.#store.get();
    if (sameList(list.query, query) && list.state !== 'failed') return;
    this.#change(() => ({ query, state: 'loading', next: null, end: null, more: 'idle' }));
    void this.#readFirst();
  }

  /** The next page, if there is one and none is on its way. */
  more(): void {
    const { list } = this.#store.get();
    if (list.state === 'ready' && list.next !== null && list.more !== 'loading') {
      void this.#readMore(list.next);
    }
  }

  retry(): void {
    this.#change((list) => ({ ...list, state: 'loading' }));
    void this.#readFirst();
  }

  /** Frames were missed: everything is read again. */
  startOver(): void {
    this.#store.update(forgetConversations);
    void this.#readFirst();
  }

  async #readFirst(): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    const { query } = this.#store.get().list;
    try {
      await this.#readMine(query);
      const page = await this.#read(query, undefined);
      if (run === this.#run) this.#change((list) => ({ ...list, ...ready(page) }));
    } catch {
      if (run === this.#run) this.#change(failed);
    }
  }

  async #readMore(cursor: string): Promise<void> {
    const run = this.#run;
    this.#change((list) => ({ ...list, more: 'loading' }));
    try {
      const page = await this.#read(this.#store.get().list.query, cursor);
      if (run === this.#run) this.#change((list) => ({ ...list, ...ready(page, list.end) }));
    } catch {
      if (run === this.#run) this.#change((list) => ({ ...list, more: 'failed' }));
    }
  }

  async #readMine(shown: InboxQuery): Promise<void> {
    if (shown.view !== 'mine') await this.#read({ view: 'mine', sort: shown.sort }, undefined);
  }

  async #read(query: InboxQuery, cursor: string | undefined): Promise<Inbox> {
    this.#store.update(beginPage);
    const page = await workspaceApi.inbox({ ...query, cursor, limit: PAGE_ITEMS });
    this.#store.update((state) => endPage(state, page));
    return page;
  }

  #change(change: (list: InboxList) => InboxList): void {
    this.#store.update((state) => ({ ...state, list: change(state.list) }));
  }
}

function ready(page: Inbox, endBefore: Conversation | null = null) {
  return {
    state: 'ready' as const,
    next: page.next ?? null,
    end: page.items.at(-1) ?? endBefore,
    more: 'idle' as const,
  };
}

/** A list that is there is better than a failure. */
const failed = (list: InboxList): InboxList =>
  list.state === 'ready' ? list : { ...list, state: 'failed' };
