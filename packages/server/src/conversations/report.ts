import type { IdentityState } from '@countersign/protocol';

/** A time that is reported on, cut into equal buckets from the epoch on. Times are ms. */
export interface ReportRange {
  from: number;
  /** Not in it. */
  to: number;
  bucketMs: number;
}

/** Conversations that were opened in one bucket. */
export interface OpenedVolume {
  /** When the bucket begins. */
  at: number;
  queueId: string | null;
  /** As it is now. */
  identity: IdentityState;
  count: number;
}

export interface DurationSummary {
  p50: number;
  p90: number;
  p99: number;
  count: number;
}

/** How it went with the conversations that were opened in one bucket. Durations in seconds. */
export interface OpenedOutcome {
  at: number;
  /** Until first assigned. */
  wait: DurationSummary | null;
  /** First assigned until ended. */
  handle: DurationSummary | null;
  /** Ended by the customer before anybody had it. */
  abandoned: number;
  rating: { average: number; count: number } | null;
}
