import type { AttemptSummary } from '@countersign/protocol';
import type { AttemptFilter } from '../api/workspace-api.ts';

/** Whether a new attempt is one of the list that these filters show. */
export const fits = (attempt: AttemptSummary, filter: AttemptFilter): boolean =>
  (filter.outcome === undefined || attempt.outcome === filter.outcome) &&
  (filter.reason === undefined || attempt.reason === filter.reason) &&
  (filter.setting === undefined || attempt.settingId === filter.setting) &&
  (filter.reference === undefined || attempt.reference === filter.reference);
