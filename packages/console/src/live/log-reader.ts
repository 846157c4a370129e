import { workspaceApi } from '../api/workspace-api.ts';
import { applyConversation } from './apply-frame.ts';
import { mergeEntries, missingAfter } from './entry-log.ts';
import type { Store } from './store.ts';
import { type WorkspaceState, withEntry } from './workspace-state.ts';

const PAGE_ENTRIES = 100;

/** Reads logs of conversations from the node: their ends first, what came before on demand, holes at once. */
export class LogReader {
  readonly #store: Store<WorkspaceState>;
  /** Conversations of which a hole is being read. */
  readonly #repairing = new Set<string>();

  constructor(store: Store<WorkspaceState>) {
    this.#store = store;
  }

  /** Reads a conversation and the end of its log. Throws `RequestError`. */
  async open(id: string): Promise<void> {
    const conversation = await workspaceApi.conversation(id);
    this.#store.update((state) => applyConversation(state, conversation, Date.now()));
    if (!this.#store.get().logs.has(id)) {
      const after = Math.max(0, conversation.lastSeq - PAGE_ENTRIES);
      const { items } = await workspaceApi.entries(id, after, PAGE_ENTRIES);
      this.#store.update((state) => ({
        ...state,
        logs: withEntry(state.logs, id, mergeEntries(state.logs.get(id) ?? [], items)),
      }));
    }
    this.repair(id);
  }

  /** Reads what came before the first entry that is there. Throws `RequestError`. */
  async readEarlier(id: string): Promise<void> {
    const first = this.#store.get().logs.get(id)?.[0]?.seq ?? 1;
    if (first === 1) return;
    const after = Math.max(0, first - 1 - PAGE_ENTRIES);
    await this.#read(id, after, first - 1 - after);
  }

  /** Reads what an opened log lacks, if anything; one reading of a conversation at a time. */
  repair(id: string): void {
    const after = this.#missingAfter(id);
    if (after === null || this.#repairing.has(id)) return;
    this.#repairing.add(id);
    const reading = this.#read(id, after, PAGE_ENTRIES).then(
      () => true,
      () => false,
    );
    void reading.then((done) => {
      this.#repairing.delete(id);
      const left = this.#missingAfter(id);
      if (done && left !== null && left > after) this.repair(id);
    });
  }

  #missingAfter(id: string): number | null {
    const { logs, conversations } = this.#store.get();
    return missingAfter(logs.get(id) ?? [], conversations.get(id)?.lastSeq ?? 0);
  }

  async #read(id: string, after: number, limit: number): Promise<void> {
    const { items } = await workspaceApi.entries(id, after, limit);
    this.#store.update((state) => {
      const log = state.logs.get(id);
      return log ? { ...state, logs: withEntry(state.logs, id, mergeEntries(log, items)) } : state;
    });
  }
}
