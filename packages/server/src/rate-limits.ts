import { Fault } from './platform/index.ts';

/** How much one client may ask for (Guest API §11). `Infinity`: as much as it likes. */
export interface RateLimits {
  messagesPerSessionPerSecond: number;
  requestsPerConnectionPerMinute: number;
  configuresPerSessionPerMinute: number;
  connectionsPerDeploymentPerMinute: number;
  historyRequestsPerSessionPerMinute: number;
  healthChecksPerConnectionPerMinute: number;
  connectionsPerSession: number;
  customAttributeBytes: number;
  typingEventsPerConversationPerMinute: number;
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
  messagesPerSessionPerSecond: 5,
  requestsPerConnectionPerMinute: 60,
  configuresPerSessionPerMinute: 60,
  connectionsPerDeploymentPerMinute: 1000,
  historyRequestsPerSessionPerMinute: 10,
  healthChecksPerConnectionPerMinute: 2,
  connectionsPerSession: 3,
  customAttributeBytes: 2048,
  typingEventsPerConversationPerMinute: 12,
};

const UNLIMITED: RateLimits = {
  messagesPerSessionPerSecond: Number.POSITIVE_INFINITY,
  requestsPerConnectionPerMinute: Number.POSITIVE_INFINITY,
  configuresPerSessionPerMinute: Number.POSITIVE_INFINITY,
  connectionsPerDeploymentPerMinute: Number.POSITIVE_INFINITY,
  historyRequestsPerSessionPerMinute: Number.POSITIVE_INFINITY,
  healthChecksPerConnectionPerMinute: Number.POSITIVE_INFINITY,
  connectionsPerSession: Number.POSITIVE_INFINITY,
  // A size, not a rate: the protocol promises it (error 4013)
  customAttributeBytes: DEFAULT_RATE_LIMITS.customAttributeBytes,
  typingEventsPerConversationPerMinute: Number.POSITIVE_INFINITY,
};

/** `off`, or a JSON object of some limits; the others keep their defaults. Throws `invalid_setting`. */
export function readRateLimits(text: string | undefined): RateLimits {
  if (text === undefined) return DEFAULT_RATE_LIMITS;
  if (text === 'off') return UNLIMITED;
  const limits = { ...DEFAULT_RATE_LIMITS };
  for (const [name, value] of Object.entries(parseObject(text))) {
    if (!isLimit(name)) throw wrong(`naming an unknown limit ${JSON.stringify(name)}`);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
      throw wrong(`giving ${name} as ${JSON.stringify(value)}`);
    }
    limits[name] = value;
  }
  return limits;
}

function parseObject(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // told below
  }
  throw wrong(`not readable (${JSON.stringify(text.slice(0, 40))})`);
}

const isLimit = (name: string): name is keyof RateLimits =>
  Object.hasOwn(DEFAULT_RATE_LIMITS, name);

const wrong = (found: string): Fault =>
  new Fault(
    'invalid_setting',
    400,
    `COUNTERSIGN_RATE_LIMITS is ${found}; expected off, or a JSON object of whole numbers from 1 under ` +
      `these names: ${Object.keys(DEFAULT_RATE_LIMITS).join(', ')}.`,
  );
