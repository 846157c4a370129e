/**
 * Whether agents are there: by their sockets, on every node. Who closes the last is offline at once; who is
 * not back in time loses what they have on their hands. Programs that never had a socket are not asked for one.
 */
import { type Clock, newId } from '../platform/index.ts';
import type { ScreenStore } from './screen-store.ts';

export interface ScreensParts {
  screens: ScreenStore;
  clock: Clock;
  /** Their presence is another now. */
  changed(agentId: string): void;
  /** Nothing is offered to them any longer. */
  left(agentId: string): Promise<void>;
  back(agentId: string): Promise<void>;
  /** They have not come back in time. Called again until it succeeds. */
  gone(agentId: string): Promise<void>;
}

/** A node says so often that its screens are there, and is taken for dead after so long. */
const RENEW_MS = 5_000;
const UNSEEN_MS = 20_000;
/** How long an agent may be away (spec: back within 2.5 min). */
const AWAY_MS = 150_000;

export function createScreens(parts: ScreensParts) {
  const { screens, clock, changed } = parts;
  const nodeId = newId();
  const open = new Map<string, number>();
  let renewedAt = 0;
  return { opened, closed, sweep };

  async function opened(agentId: string): Promise<void> {
    open.set(agentId, (open.get(agentId) ?? 0) + 1);
    await renew([agentId]);
  }

  async function closed(agentId: string): Promise<void> {
    const count = (open.get(agentId) ?? 0) - 1;
    if (count > 0) {
      open.set(agentId, count);
      return;
    }
    open.delete(agentId);
    if (!(await screens.close(agentId, nodeId, clock.now()))) return;
    // They opened another while this one was being closed
    if (open.has(agentId)) await renew([agentId]);
    else await tellLeft(agentId);
  }

  async function renew(agentIds: string[]): Promise<void> {
    for (const agentId of await screens.open(agentIds, nodeId, clock.now())) {
      changed(agentId);
      await parts.back(agentId);
    }
  }

  async function tellLeft(agentId: string): Promise<void> {
    changed(agentId);
    await parts.left(agentId);
  }

  async function sweep(): Promise<void> {
    const now = clock.now();
    if (now - renewedAt >= RENEW_MS) {
      renewedAt = now;
      if (open.size > 0) await renew([...open.keys()]);
      for (const agentId of await screens.leaveUnseen(now - UNSEEN_MS, now)) changed(agentId);
    }
    for (const { id, leftAt } of await screens.left()) {
      await parts.left(id);
      if (leftAt > now - AWAY_MS) continue;
      await parts.gone(id);
      if (await screens.giveUp(id, now - AWAY_MS)) changed(id);
    }
  }
}
