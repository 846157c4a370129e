import type { GatewayPath } from './journal.ts';

/** What happens to one call instead of the usual answer (§17.2). */
export type GatewayFault =
  /** `afterAccepting`: the call takes effect first, as when only the answer is lost. */
  | {
      kind: 'status';
      status: number;
      body?: string;
      headers?: Record<string, string>;
      afterAccepting?: boolean;
    }
  /** The connection is cut without an answer. */
  | { kind: 'reset'; afterAccepting?: boolean }
  /** Accepts the request and never answers. */
  | { kind: 'hang' }
  /** The usual answer, after `ms`. */
  | { kind: 'delay'; ms: number }
  /** The usual answer, as soon as `until` is fulfilled. */
  | { kind: 'hold'; until: Promise<unknown> }
  /** `download` only: the usual answer, cut to `bytes`. */
  | { kind: 'truncate'; bytes: number };

/** Faults that wait for calls; each meets one call of its path, in the order of the script. */
export class FaultScript {
  readonly #queues = new Map<GatewayPath, GatewayFault[]>();

  add(path: GatewayPath, faults: readonly GatewayFault[]): void {
    this.#queues.set(path, [...(this.#queues.get(path) ?? []), ...faults]);
  }

  take(path: GatewayPath): GatewayFault | undefined {
    return this.#queues.get(path)?.shift();
  }

  clear(): void {
    this.#queues.clear();
  }
}
