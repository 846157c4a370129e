/** How long a request can be answered (Apple Messages spec §7.1). */
export const LIFETIME_MS = 15 * 60_000;
/** How long the device may take to confirm what our callback has proven (§9.6). */
export const CONFIRMATION_MS = 2 * 60_000;
/** Asked again this soon it is the same question: two clicks, or two agents. */
export const ONE_ASK_MS = 10_000;
/** Ended requests are kept so long: an old answer is then told from a foreign one. */
export const KEPT_MS = 7 * 86_400_000;
