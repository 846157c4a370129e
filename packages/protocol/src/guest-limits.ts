/** Bytes of UTF-8 in one text of a customer (error 4011). */
export const MAX_TEXT_BYTES = 4096;
/** Bytes of UTF-8 of all keys and values of custom attributes together (error 4013). */
export const MAX_CUSTOM_DATA_BYTES = 2048;
/** Characters of the name of a custom attribute. */
export const MAX_ATTRIBUTE_NAME = 100;
/** Bytes of one frame of a client; a longer one closes the socket with 1009. */
export const MAX_FRAME_BYTES = 65_536;
export const MAX_CONNECTIONS_PER_SESSION = 3;
export const HISTORY_PAGE_SIZE = 25;
export const MAX_HISTORY_PAGE_SIZE = 100;
/** Milliseconds for which a client shows that an agent is typing. */
export const TYPING_DURATION_MS = 5000;

/** How many of something in how many milliseconds. */
export interface Rate {
  count: number;
  perMs: number;
}

/** What a guest may do how often. */
export interface GuestRateLimits {
  messagesPerSession: Rate;
  requestsPerConnection: Rate;
  configuresPerSession: Rate;
  connectionsPerDeployment: Rate;
  historyPerSession: Rate;
  healthChecksPerConnection: Rate;
  agentTypingPerConversation: Rate;
  frontChannelLogoutsPerAddress: Rate;
  siteFaultsPerDeployment: Rate;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

export const guestRateLimits: GuestRateLimits = {
  messagesPerSession: { count: 5, perMs: SECOND_MS },
  requestsPerConnection: { count: 60, perMs: MINUTE_MS },
  configuresPerSession: { count: 60, perMs: MINUTE_MS },
  connectionsPerDeployment: { count: 1000, perMs: MINUTE_MS },
  historyPerSession: { count: 10, perMs: MINUTE_MS },
  healthChecksPerConnection: { count: 2, perMs: MINUTE_MS },
  agentTypingPerConversation: { count: 12, perMs: MINUTE_MS },
  frontChannelLogoutsPerAddress: { count: 600, perMs: MINUTE_MS },
  siteFaultsPerDeployment: { count: 60, perMs: MINUTE_MS },
};
