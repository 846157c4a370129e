import type { WebContext } from './context.ts';
import { serveBackChannelLogout } from './http/back-channel-logout.ts';
import { serveConfigDocuments } from './http/config-documents.ts';
import { serveFiles } from './http/files.ts';
import { serveFrontChannelLogout } from './http/front-channel-logout.ts';
import { guestRoutes } from './http/guest-routes.ts';
import { serveHistory } from './http/history.ts';
import { serveRating } from './http/rating.ts';
import { serveTokens } from './http/token-endpoints.ts';
import { serveWait } from './http/wait.ts';
import { webMetrics } from './metrics.ts';
import type { WebParts } from './parts.ts';
import { createLimiter } from './rate-limits.ts';
import { createRooms } from './rooms.ts';
import { serveSocket } from './socket.ts';

/** How often quiet rate limits are forgotten. */
const SWEEP_MS = 10_000;
/** How often lost hints are repaired. */
const REPAIR_MS = 1_000;

export interface WebChannel {
  /** Finishes what it has begun. `comeBack`: in the way that makes clients connect again. */
  close(how: { comeBack: boolean }): Promise<void>;
}

/** The Guest API: the socket of messengers and mobile Transport SDKs, and the HTTP beside it. */
export function createWebChannel(parts: WebParts): WebChannel {
  const limiter = createLimiter(parts.rateLimits, parts.clock);
  const rooms = createRooms({ ...parts, limiter });
  const context: WebContext = { ...parts, rooms, limiter };
  guestRoutes(context, [
    serveConfigDocuments,
    serveTokens,
    serveHistory,
    serveFiles,
    serveRating,
    serveWait,
  ]);
  serveBackChannelLogout(context);
  serveFrontChannelLogout(context);
  const socket = serveSocket(context, webMetrics(parts.metrics));
  const timers = [
    setInterval(() => limiter.sweep(), SWEEP_MS).unref(),
    setInterval(() => void repair(), REPAIR_MS).unref(),
  ];
  let repairing = false;

  async function repair(): Promise<void> {
    if (repairing) return;
    repairing = true;
    await rooms.repair().catch((cause: unknown) => {
      parts.log.warn({ err: cause }, 'guest api: endings of sessions could not be read');
    });
    repairing = false;
  }

  return {
    async close(how) {
      for (const timer of timers) clearInterval(timer);
      await socket.close(how);
      rooms.close();
    },
  };
}
