import { CheckLog, type Refusal } from '../check-log.ts';
import type { Check } from '../verdict.ts';
import type { AppleRefusal } from './evidence.ts';

const EXPECTED: Record<AppleRefusal['reason'], string> = {
  unmatched_reply: 'the answer to a request that waits for it, from the customer it went to',
  unconfirmed_by_device: 'the word of the device within 2 minutes of the sign-in',
  device_failed: 'a sign-in on the device',
};

const HINTS: Record<AppleRefusal['reason'], string> = {
  unmatched_reply:
    'An answer came that no request waits for: an old one or one sent again, or somebody tries the request of another customer; nothing was changed.',
  unconfirmed_by_device:
    'Somebody signed in by the link of this request, and the device of the customer did not confirm it: the link may have been passed on; ask again.',
  device_failed:
    "The customer's device reports that the sign-in failed: compare OAuth URL, token URL and client id at Apple's Register with the provider.",
};

/** The outcome of a sign-in that gave nothing to be checked (Apple Messages spec §13). */
export function appleRefusalOutcome({ reason, observed }: AppleRefusal): {
  checks: Check[];
  refusal: Refusal;
} {
  const log = new CheckLog();
  const refusal = log.refuse('device', reason, {
    observed,
    expected: EXPECTED[reason],
    hint: HINTS[reason],
  });
  return { checks: log.checks, refusal };
}
