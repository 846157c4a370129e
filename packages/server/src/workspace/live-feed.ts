import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Gauge } from 'prom-client';
import { WebSocketServer } from 'ws';
import { CONVERSATIONS_TOPIC, type ConversationHint } from '../conversations/index.ts';
import { ATTEMPTS_TOPIC, type AttemptsHint } from '../identity/index.ts';
import { AGENTS_TOPIC, type AgentHint } from '../routing/index.ts';
import { createChangeFeed } from './change-feed.ts';
import { countsFor, type OpenTotals } from './inbox-counts.ts';
import type { WorkspaceParts } from './index.ts';
import { createLiveSocket, type LiveSocket } from './live-socket.ts';
import { MENTIONS_TOPIC, type MentionHint } from './mentions.ts';
import { requireConsoleUser, type Staff, servesCustomers, staffId } from './staff.ts';
import { createViewerBoard } from './viewers.ts';

const TICK_MS = 1000;
const PING_EVERY = 15;
const CURSOR_EVERY = 5;
const RECHECK_EVERY = 30;
/** Of all nodes together; how many more there were is said once a second. */
const ATTEMPTS_PER_SECOND = 20;
const MAX_FRAME_BYTES = 16 * 1024;

/** `GET /api/live`: every change that a person may see, on whichever node it happened. */
export function createLiveFeed(parts: WorkspaceParts): { close(): Promise<void> } {
  const { http, identify, configuration, conversations, routing, bus, telemetry } = parts;
  const { openCounts } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const sockets = new Set<LiveSocket>();
  let ticks = 0;
  let attemptsTold = 0;
  let attemptsSkipped = 0;
  const viewers = createViewerBoard(parts, (id) => {
    for (const socket of sockets) socket.viewers(id);
  });
  const changes = createChangeFeed(parts, sockets);
  openCounts.onRead(() => atWork().length > 0, tellCounts);

  const endings = [
    http.upgrades.on('/api/live', (request, socket, head) => {
      connect(request, socket, head).catch((cause: unknown) => {
        telemetry.log.warn({ err: cause }, 'live feed: connecting failed');
        socket.destroy();
      });
    }),
    bus.subscribe(CONVERSATIONS_TOPIC, (hint) =>
      changes.conversationChanged(hint as ConversationHint),
    ),
    bus.subscribe(AGENTS_TOPIC, (hint) => changes.agentChanged((hint as AgentHint).agentId)),
    bus.subscribe(MENTIONS_TOPIC, (hint) => mentioned(hint as MentionHint)),
    bus.subscribe(ATTEMPTS_TOPIC, (hint) => attempted(hint as AttemptsHint)),
    configuration.onChange(() => void later(recheck())),
    viewers.close,
  ];
  const timer = setInterval(() => void later(tick()), TICK_MS).unref();
  new Gauge({
    name: 'countersign_live_sockets',
    help: 'Connections to the live feed',
    registers: [telemetry.metrics],
    collect() {
      this.set(sockets.size);
    },
  });

  return {
    async close() {
      clearInterval(timer);
      for (const end of endings) end();
      for (const socket of sockets) socket.close(1012, 'The node restarts; connect again.');
      server.close();
    },
  };

  function atWork(): LiveSocket[] {
    return [...sockets].filter(({ staff }) => servesCustomers(staff));
  }

  async function later(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (cause) {
      telemetry.log.warn({ err: cause }, 'live feed: a change could not be told');
    }
  }

  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const staff = await admit(request);
    if (typeof staff === 'number') {
      socket.end(`HTTP/1.1 ${staff} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const live = createLiveSocket(webSocket, socket, staff, request.headers, {
        ...parts,
        viewers,
      });
      sockets.add(live);
      webSocket.on('close', () => {
        live.release();
        sockets.delete(live);
        if (servesCustomers(staff)) void later(routing.screenClosed(staffId(staff)));
      });
      if (servesCustomers(staff)) void later(routing.screenOpened(staffId(staff)));
    });
  }

  /** A cookie alone is not enough: pages of other sites send it too (S02). */
  async function admit(request: IncomingMessage): Promise<Staff | number> {
    const { origin, authorization } = request.headers;
    if (!authorization && origin !== new URL(parts.publicUrl).origin) return 403;
    return requireConsoleUser(identify, request).catch(() => 401);
  }

  function mentioned(hint: MentionHint): void {
    for (const socket of atWork()) {
      if (hint.agentIds.includes(staffId(socket.staff))) socket.mention(hint);
    }
  }

  function attempted({ attempts, skipped }: AttemptsHint): void {
    const some = attempts.slice(0, Math.max(0, ATTEMPTS_PER_SECOND - attemptsTold));
    attemptsTold += some.length;
    attemptsSkipped += skipped + attempts.length - some.length;
    for (const attempt of some) for (const socket of sockets) socket.attempt(attempt);
  }

  function tellSkipped(): void {
    attemptsTold = 0;
    if (attemptsSkipped === 0) return;
    for (const socket of sockets) socket.attemptsSkipped(attemptsSkipped);
    attemptsSkipped = 0;
  }

  async function tick(): Promise<void> {
    ticks += 1;
    tellSkipped();
    changes.tick();
    viewers.sweep();
    if (ticks % CURSOR_EVERY === 0) for (const socket of sockets) socket.cursor();
    if (ticks % PING_EVERY === 0) for (const socket of sockets) socket.ping();
    if (ticks % RECHECK_EVERY === 0) await recheck();
  }

  async function tellCounts(totals: OpenTotals): Promise<void> {
    const listeners = atWork();
    const held = await conversations.held([...new Set(listeners.map((s) => staffId(s.staff)))]);
    const ofAgent = Map.groupBy(held, ({ agentId }) => agentId);
    for (const socket of listeners) {
      const own = ofAgent.get(staffId(socket.staff)) ?? [];
      socket.counts(countsFor(socket.staff, own, totals, configuration));
    }
  }

  /** Who signed out or lost a role hears nothing more (A04). */
  async function recheck(): Promise<void> {
    for (const socket of sockets) {
      const staff = await requireConsoleUser(identify, { headers: socket.headers }).catch(
        () => null,
      );
      const stopped = staff && servesCustomers(socket.staff) && !servesCustomers(staff);
      if (staff && !stopped) await socket.recheck(staff);
      else socket.close(4401, 'Sign in again.');
    }
  }
}
