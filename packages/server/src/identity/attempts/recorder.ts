import { Fault } from '../../platform/index.ts';
import { newReference, type Randomness } from './reference.ts';
import type { AttemptStore, NewAttempt } from './store.ts';

export type StoredAttempt = NewAttempt & { reference: string };

/** Stores an attempt durably and answers its reference. Fault `busy` 503. */
export type RecordAttempt = (attempt: NewAttempt) => Promise<string>;

interface Waiting {
  attempt: NewAttempt;
  resolve(reference: string): void;
  reject(error: unknown): void;
}

const GROUP = 500;
/** Past this a flood would only grow memory: callers are told to come back. */
const MAX_WAITING = 20_000;

/**
 * Records in group commits: what arrives while one is under way goes into the next, so that a flood
 * of refusals costs a few statements and a lone one waits for nothing. If it cannot be recorded, the
 * attempt fails as a whole: nobody is proven, or refused, without a trace. `recorded` is told after
 * the commit.
 */
export function attemptRecorder(
  store: AttemptStore,
  randomness: Randomness,
  recorded: (attempts: StoredAttempt[]) => void = () => {},
): RecordAttempt {
  let waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, GROUP);
      waiting = waiting.slice(GROUP);
      waiting.push(...(await storeGroup(group)));
    }
    running = false;
  }

  /** Answers those whose reference was taken, to be tried with another. */
  async function storeGroup(group: Waiting[]): Promise<Waiting[]> {
    const named = group.map(({ attempt }) => ({ ...attempt, reference: newReference(randomness) }));
    try {
      const stored = await store.insert(named);
      recorded(named.filter(({ id }) => stored.has(id)));
      return group.filter(({ attempt, resolve }, at) => {
        if (!stored.has(attempt.id)) return true;
        resolve(named[at]?.reference ?? '');
        return false;
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return [];
    }
  }

  return (attempt) => {
    if (waiting.length >= MAX_WAITING)
      return Promise.reject(new Fault('busy', 503, 'Too many sign-ins at once.'));
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    waiting.push({ attempt, resolve, reject });
    if (!running) void drain();
    return promise;
  };
}
