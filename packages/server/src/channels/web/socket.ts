import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { MAX_FRAME_BYTES } from '@countersign/protocol';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isOriginAllowed } from '../../configuration/index.ts';
import { Fault } from '../../platform/index.ts';
import { actions } from './actions/index.ts';
import { type Admitted, Connection } from './connection.ts';
import type { WebContext } from './context.ts';
import { deviceName } from './device-name.ts';
import { isCallersFault, malformed, refusalFrame } from './errors.ts';
import type { WebMetrics } from './metrics.ts';
import { TooManyRequests } from './rate-limits.ts';
import { isStorable, readEnvelope } from './read-request.ts';

const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;
/** Requests of a connection that wait for the one before; beyond this the socket is not read. */
const MAX_WAITING = 16;
/** Who goes on after this many refusals a minute for its rate is shown out (§2.3). */
const ABUSE = { count: 30, perMs: 60_000 };

export interface GuestSocket {
  /**
   * Ends every connection once what was begun is answered. `comeBack` cuts them, so that mobile
   * clients connect again; otherwise they get a close frame and stay away (§2.3).
   */
  close(how: { comeBack: boolean }): Promise<void>;
}

/** The socket `/v1`: who may connect, and one request after another to its action. */
export function serveSocket(context: WebContext, metrics: WebMetrics): GuestSocket {
  const { http, clock, log, rooms } = context;
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    clientTracking: false,
  });
  const connections = new Set<Connection>();
  const whenIdle: (() => void)[] = [];
  let busy = 0;
  const stopUpgrades = http.upgrades.on('/v1', upgrade);
  metrics.watchConnections(() => connections.size);
  return { close };

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const admitted = admit(request);
    if (typeof admitted === 'number') {
      metrics.refused(`upgrade_${admitted}`);
      socket.end(`HTTP/1.1 ${admitted} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, admitted));
  }

  /** 403 is the one status that mobile clients take for final (§2.1). */
  function admit(request: IncomingMessage): Admitted | number {
    const { searchParams } = new URL(request.url ?? '/', 'http://node');
    const id = searchParams.get('deploymentId');
    const deployment = context.configuration.current().deployments.get(id?.toLowerCase() ?? '');
    if (deployment?.status !== 'Active') return 403;
    if (!isOriginAllowed(deployment, request.headers.origin, context.publicUrl)) return 403;
    try {
      context.limiter.spendFor('connectionsPerDeployment', deployment.id);
    } catch {
      return 429;
    }
    return {
      deploymentId: deployment.id,
      device: deviceName(request.headers['user-agent']),
      promptsToSignIn:
        searchParams.get('capabilities')?.split(',').includes('authenticate') === true,
    };
  }

  function accept(webSocket: WebSocket, admitted: Admitted): void {
    const connection = new Connection(webSocket, admitted);
    connections.add(connection);
    webSocket.on('message', (data, isBinary) => receive(connection, data, isBinary));
    webSocket.on('error', () => {});
    webSocket.on('close', () => {
      connections.delete(connection);
      connection.gone = true;
      if (!connection.busy) rooms.leave(connection);
    });
  }

  function receive(connection: Connection, data: RawData, isBinary: boolean): void {
    if (isBinary) {
      connection.close(UNSUPPORTED_DATA);
      return;
    }
    const text = data.toString();
    if (!connection.busy) {
      void answerAll(connection, text);
      return;
    }
    connection.waiting ??= [];
    connection.waiting.push(text);
    if (connection.waiting.length >= MAX_WAITING) connection.socket.pause();
  }

  /** One after another, so that answers keep the order of the requests; to the end, though the client left. */
  async function answerAll(connection: Connection, first: string): Promise<void> {
    connection.busy = true;
    busy += 1;
    for (let text: string | undefined = first; text !== undefined; text = next(connection)) {
      await answer(connection, text);
    }
    connection.busy = false;
    busy -= 1;
    if (connection.gone) rooms.leave(connection);
    if (busy === 0) for (const resolve of whenIdle.splice(0)) resolve();
  }

  function next(connection: Connection): string | undefined {
    const text = connection.waiting?.shift();
    if (text === undefined) connection.waiting = null;
    if (connection.socket.isPaused) connection.socket.resume();
    return text;
  }

  async function answer(connection: Connection, text: string): Promise<void> {
    const value = readEnvelope(text);
    const tracingId = value?.tracingId ?? undefined;
    try {
      context.limiter.spend('requestsPerConnection', connection.requests);
      if (!value) throw malformed('Not a request: JSON with an action is expected');
      if (tracingId !== undefined && !isStorable(tracingId)) throw malformed('tracingId');
      const action = actions.get(value.action);
      if (!action) throw malformed('Unknown action');
      metrics.requested(value.action);
      await action(context, connection, { value, tracingId });
    } catch (cause) {
      refuse(connection, cause, tracingId);
    }
  }

  function refuse(connection: Connection, cause: unknown, tracingId: string | undefined): void {
    const known = cause instanceof Fault && isCallersFault(cause);
    metrics.refused(known ? cause.code : 'internal');
    if (!known) log.error({ err: cause }, 'guest api: a request failed');
    connection.send(refusalFrame(cause, tracingId));
    if (!(cause instanceof TooManyRequests)) return;
    if (connection.refusals.take(ABUSE, clock.now()) > 0) connection.close(POLICY_VIOLATION);
  }

  async function close({ comeBack }: { comeBack: boolean }): Promise<void> {
    stopUpgrades();
    for (const { socket } of connections) socket.pause();
    if (busy > 0) await new Promise<void>((resolve) => whenIdle.push(resolve));
    for (const connection of connections) {
      if (comeBack) connection.socket.terminate();
      else connection.close(GOING_AWAY);
    }
    server.close();
  }
}
