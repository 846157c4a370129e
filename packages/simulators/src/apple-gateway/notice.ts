/** Lets callers wait for what others bring about, instead of sleeping. */
export class Notice {
  readonly #waiting = new Set<() => void>();

  /** Something changed: whoever waits looks again. */
  give(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** Calls `watch` after each change, until the returned function is called. */
  watch(watch: () => void): () => void {
    this.#waiting.add(watch);
    return () => this.#waiting.delete(watch);
  }

  /** What `look` finds, now or after a change. Rejects with `failure()` after `timeoutMs`. */
  async until<T>(look: () => T | undefined, failure: () => string, timeoutMs = 10_000): Promise<T> {
    const found = look();
    if (found !== undefined) return found;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const stop = this.watch(() => {
      const late = look();
      if (late !== undefined) resolve(late);
    });
    const timer = setTimeout(() => reject(new Error(failure())), timeoutMs);
    return promise.finally(() => {
      clearTimeout(timer);
      stop();
    });
  }
}
