import type { TransportEvents } from './transport-options.ts';

type Listener<E extends keyof TransportEvents> = (event: TransportEvents[E]) => void;

/** Who wants to hear of what. */
export class Listeners {
  #of: { [E in keyof TransportEvents]?: Set<Listener<E>> } = {};

  add<E extends keyof TransportEvents>(name: E, listener: Listener<E>): () => void {
    const all: Set<Listener<E>> = this.#of[name] ?? new Set();
    Object.assign(this.#of, { [name]: all.add(listener) });
    return () => void all.delete(listener);
  }

  tell<E extends keyof TransportEvents>(name: E, event: TransportEvents[E]): void {
    for (const listener of this.#of[name] ?? []) listener(event);
  }
}
