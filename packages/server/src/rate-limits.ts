import { type GuestRateLimits, guestRateLimits } from '@countersign/protocol';
import { Fault } from './platform/index.ts';

/** How much one client may ask for (Guest API §11); `off` for load tests on a machine of one's own. */
export type RateLimits = GuestRateLimits | 'off';

/**
 * `off`, or a JSON object of some limits, each a count in the limit's own period
 * (`{"messagesPerSession": 20}`: 20 a second); the others keep their defaults. Throws `invalid_setting`.
 */
export function readRateLimits(text: string | undefined): RateLimits {
  if (text === undefined) return guestRateLimits;
  if (text === 'off') return 'off';
  const limits = { ...guestRateLimits };
  for (const [name, count] of Object.entries(parseObject(text))) {
    if (!isLimit(name)) throw wrong(`naming an unknown limit ${JSON.stringify(name)}`);
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
      throw wrong(`giving ${name} as ${JSON.stringify(count)}`);
    }
    limits[name] = { ...limits[name], count };
  }
  return limits;
}

function parseObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Answered below, like anything else that is not an object
  }
  throw wrong('not a JSON object');
}

const isLimit = (name: string): name is keyof GuestRateLimits =>
  Object.hasOwn(guestRateLimits, name);

function wrong(found: string): Fault {
  const names = Object.keys(guestRateLimits).join(', ');
  return new Fault(
    'invalid_setting',
    400,
    `COUNTERSIGN_RATE_LIMITS is ${found}; expected off, or a JSON object of whole numbers named ${names}.`,
  );
}
