import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import { isObject } from '../strict-json.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Back-Channel Logout 1.0 §2.6 step 6: `events` says that this is a logout. */
export function checkLogoutEvent({ claims, log }: TokenAttempt): Refusal | null {
  const { events } = claims;
  if (isObject(events) && Object.hasOwn(events, EVENT) && isObject(events[EVENT]))
    return log.pass('events', EVENT, EVENT);
  const observed = isObject(events) ? shown(Object.keys(events).join(', ')) : shown(events);
  return log.refuse('events', 'logout_event', {
    observed,
    expected: EVENT,
    hint: `The claim \`events\` is ${observed === '' ? 'empty' : observed}; a logout token must hold the member ${EVENT} with an object.`,
  });
}
