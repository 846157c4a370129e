import type { Snapshot } from './objects.ts';

export type * from './objects.ts';

/** The business's objects: stored, versioned, cached, watched. */
export interface Configuration {
  /** The objects as last seen by this node: from memory, at most 2 s old. */
  current(): Snapshot;
  /** Called after `current()` has changed. */
  onChange(listener: (snapshot: Snapshot) => void): () => void;
  close(): Promise<void>;
}
