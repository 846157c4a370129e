import { type RefObject, useEffect, useRef, useState } from 'react';
import { problemOf } from './problem-of.ts';

export interface Attempt {
  busy: boolean;
  problem: string | null;
  /** Gets the focus with each new problem. */
  problemRef: RefObject<HTMLParagraphElement | null>;
  run: (work: () => Promise<void>) => Promise<void>;
  /** A problem that came from elsewhere; null takes it away. */
  say: (problem: string | null) => void;
}

/** One try at a time, and a sentence about the last that failed. */
export function useAttempt(first: string | null = null): Attempt {
  const problemRef = useRef<HTMLParagraphElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, say] = useState(first);
  useEffect(() => {
    if (problem) problemRef.current?.focus();
  }, [problem]);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    say(null);
    try {
      await work();
    } catch (error) {
      say(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, problemRef, run, say };
}
