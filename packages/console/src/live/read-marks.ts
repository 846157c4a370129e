import { workspaceApi } from '../api/workspace-api.ts';

/**
 * Tells the node how far this person has read. One call of a conversation at a time; what comes
 * meanwhile goes with the next.
 */
export class ReadMarks {
  readonly #wanted = new Map<string, number>();
  readonly #told = new Map<string, number>();
  readonly #telling = new Set<string>();

  read(conversation: string, seq: number): void {
    if (seq <= (this.#wanted.get(conversation) ?? 0)) return;
    this.#wanted.set(conversation, seq);
    if (!this.#telling.has(conversation)) void this.#tell(conversation);
  }

  async #tell(conversation: string): Promise<void> {
    this.#telling.add(conversation);
    for (;;) {
      const seq = this.#wanted.get(conversation) ?? 0;
      if (seq <= (this.#told.get(conversation) ?? 0)) break;
      this.#told.set(conversation, seq);
      // A mark that was lost is repaired by the next one
      await workspaceApi.markRead(conversation, seq).catch(() => {});
    }
    this.#telling.delete(conversation);
  }
}
