import { fetchProblem } from '../fetch-problem.ts';
import type { KeySets } from '../keys/key-sets.ts';
import type { ReadMetadata } from './provider-metadata.ts';

/** What `work` gives, or a rejection when the signal is sooner. The work itself, shared, goes on. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const giveUp = (): void => reject(signal.reason);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  return promise;
}

/** Metadata and keys are fetched for all who wait; each sign-in waits no longer than its own time. */
export const metadataWithin =
  (signal: AbortSignal, readMetadata: ReadMetadata): ReadMetadata =>
  (discoveryUri) =>
    within(signal, readMetadata(discoveryUri));

export const keySetsWithin = (signal: AbortSignal, keySets: KeySets): KeySets => ({
  ...keySets,
  find: (url, kid) =>
    within(signal, keySets.find(url, kid)).catch((error: unknown) => ({
      found: 'unavailable' as const,
      why: fetchProblem(error),
    })),
  findAgain: (url, kid, used) =>
    within(signal, keySets.findAgain(url, kid, used)).catch(() => null),
});
