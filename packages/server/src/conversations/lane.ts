/**
 * A write connection with a queue. Group commit without a timer: what arrives while a commit is under way
 * goes into the next one. Order within the queue is the order of the log.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { type Clock, type Database, Fault } from '../platform/index.ts';
import type { NewEntry } from './new-entry.ts';
import { type Appended, appendBatch, prepareConnection } from './store/append-batch.ts';
import { appendKnown } from './store/append-known.ts';
import { appendOne } from './store/append-one.ts';

export interface LaneParts {
  database: Pick<Database, 'dedicated'>;
  clock: Clock;
  log: Logger;
  /** Called after a commit, before anybody is answered. */
  onCommitted(entries: Appended['entry'][]): void;
  /** Drafts waiting at most; one more is refused with `busy`. */
  maxQueued: number;
}

interface Waiting {
  entry: NewEntry;
  resolve(appended: Appended | null): void;
  reject(error: unknown): void;
  promise: Promise<Appended | null>;
}

const MAX_BATCH = 400;
/** How long a batch is tried again while the database is away. */
const PATIENCE_MS = 10_000;
const RECONNECT_MS = 100;

export class Lane {
  readonly #name: string;
  readonly #parts: LaneParts;
  #client: pg.Client | null = null;
  #queue: Waiting[] = [];
  /** By key, queued and under way: a resend in the meantime gets the same answer. */
  readonly #byKey = new Map<string, Waiting>();
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(name: string, parts: LaneParts) {
    this.#name = name;
    this.#parts = parts;
  }

  /** Null: closed or unknown conversation. Fault `busy` 503: too much is waiting. */
  append(entry: NewEntry): Promise<Appended | null> {
    const same = this.#byKey.get(entry.dedupe);
    if (same) return same.promise.then((first) => first && { ...first, repeated: true });
    if (this.#closed || this.#queue.length >= this.#parts.maxQueued) return Promise.reject(busy());
    const waiting: Waiting = { entry, ...Promise.withResolvers<Appended | null>() };
    this.#byKey.set(entry.dedupe, waiting);
    this.#queue.push(waiting);
    this.#running ??= this.#run();
    return waiting.promise;
  }

  /** Finishes what is queued. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    await this.#client?.end().catch(() => {});
    this.#client = null;
  }

  /**
   * What was committed is told while PostgreSQL already works on what came meanwhile: telling costs a
   * system call a reader, and a lane that did it first would leave the database idle.
   */
  async #run(): Promise<void> {
    let tell: Tell | null = null;
    while (this.#queue.length > 0 || tell) {
      const batch = this.#queue.splice(0, MAX_BATCH);
      const committing = batch.length > 0 ? this.#commit(batch) : null;
      tell?.();
      tell = await committing;
    }
    this.#running = null;
  }

  /** Answers what is left to do once the outcome is known. */
  async #commit(batch: Waiting[]): Promise<Tell> {
    try {
      const results = await this.#write(batch.map(({ entry }) => entry));
      return () => this.#settle(batch, results);
    } catch (error) {
      if (batch.length > 1 && !(error instanceof Fault)) return this.#commitSingly(batch);
      return () => {
        for (const waiting of batch) this.#fail(waiting, error);
      };
    }
  }

  /** One that PostgreSQL refuses must not take the others with it. */
  async #commitSingly(batch: Waiting[]): Promise<Tell> {
    const tells: Tell[] = [];
    for (const waiting of batch) tells.push(await this.#commit([waiting]));
    return () => {
      for (const tell of tells) tell();
    };
  }

  #settle(batch: Waiting[], results: (Appended | null)[]): void {
    try {
      this.#parts.onCommitted(results.flatMap((r) => (r && !r.repeated ? [r.entry] : [])));
    } catch (error) {
      // It is stored all the same; followers find it by themselves (invariant 4)
      this.#parts.log.error({ err: error }, 'a committed entry could not be told');
    }
    for (const [index, waiting] of batch.entries()) {
      this.#byKey.delete(waiting.entry.dedupe);
      waiting.resolve(results[index] ?? null);
    }
  }

  #fail(waiting: Waiting, error: unknown): void {
    this.#byKey.delete(waiting.entry.dedupe);
    waiting.reject(error instanceof Fault ? error : failed(error));
  }

  /**
   * Tries again when the log has one of the keys, even one that came in just now, and while the database
   * is away: whether a commit that was cut off took place, its keys tell.
   */
  async #write(entries: NewEntry[]): Promise<(Appended | null)[]> {
    const until = Date.now() + PATIENCE_MS;
    let races = 0;
    for (;;) {
      try {
        this.#client ??= await this.#connect();
        const write = races > 0 ? appendKnown : entries.length === 1 ? appendAlone : appendBatch;
        return await write(this.#client, entries, this.#parts.clock.now());
      } catch (error) {
        if (isRace(error)) {
          races += 1;
          if (races > 2) throw error;
        } else if (isLost(error)) {
          if (Date.now() >= until) throw unavailable(error);
          await this.#disconnect();
        } else throw error;
      }
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = await this.#parts.database.dedicated(`conversations ${this.#name}`);
    client.on('error', () => {
      if (this.#client === client) this.#client = null;
    });
    await prepareConnection(client);
    return client;
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    void client?.end().catch(() => {});
    await delay(RECONNECT_MS);
  }
}

const appendAlone: typeof appendBatch = async (client, [entry], now) =>
  entry ? [await appendOne(client, entry, now)] : [];

/** Publishes what was committed and answers who waits for it. */
type Tell = () => void;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** unique_violation, serialization_failure, deadlock_detected: another attempt may do. */
const isRace = (error: unknown): boolean => ['23505', '40001', '40P01'].includes(codeOf(error));

/**
 * Not an answer of PostgreSQL, or one that it gives while it is going or coming (classes 08, 53, 57;
 * 25006: a server that became a standby).
 */
const isLost = (error: unknown): boolean =>
  !/^[0-9A-Z]{5}$/.test(codeOf(error)) || /^(08|53|57|25006)/.test(codeOf(error));

const busy = () => new Fault('busy', 503, 'Too much is waiting to be written. Try again.');
const unavailable = (cause: unknown) =>
  new Fault('unavailable', 503, 'The message could not be stored. Try again.', { cause });
/** The cause of PostgreSQL may quote values: only its code goes on. */
const failed = (error: unknown) =>
  new Fault('not_stored', 500, 'The message could not be stored.', { detail: codeOf(error) });
