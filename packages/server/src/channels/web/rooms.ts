import { CONVERSATIONS_TOPIC, type ConversationHint, hasEnded } from '../../conversations/index.ts';
import {
  type Ending,
  hasLapsed,
  type Session,
  type SessionHint,
  sessionTopic,
} from '../../sessions/index.ts';
import type { Connection } from './connection.ts';
import { connectionClosed, logout, passingEvent, presenceEvent, sessionCleared } from './frames.ts';
import { type RoomParts, SessionRoom } from './session-room.ts';

export interface Rooms {
  /** Puts a connection into the room of its session; it leaves the one it was in. */
  enter(connection: Connection, session: Session, token: string): SessionRoom;
  leave(connection: Connection): void;
  /** A session whose proof has run out may have been renewed where this node did not hear of it. */
  renew(room: SessionRoom): Promise<void> | void;
  /** One round: acts on endings whose hints were lost (invariant 5). */
  repair(): Promise<void>;
  close(): void;
}

/** An ending is found this long after its time: its commit may be late, or its node's clock slow. */
const COMMIT_MARGIN_MS = 10_000;

interface Held {
  room: SessionRoom;
  unsubscribe: () => void;
}

/** The sessions that have a connection on this node. */
export function createRooms(parts: RoomParts): Rooms {
  const { bus, clock, sessions, log } = parts;
  const held = new Map<string, Held>();
  const byOwner = new Map<string, Set<SessionRoom>>();
  let lookedAt = clock.now();
  const unsubscribe = bus.subscribe(CONVERSATIONS_TOPIC, (hint) => conversationChanged(hint));
  return {
    enter,
    leave,
    renew: (room) => (hasLapsed(room.session, clock.now()) ? readAgain(room) : undefined),
    repair,
    close: () => unsubscribe(),
  };

  /** One question for all rooms, by when sessions ended: idle sockets cost nothing. */
  async function repair(): Promise<void> {
    const since = lookedAt - COMMIT_MARGIN_MS;
    const now = clock.now();
    if (held.size > 0) {
      for (const { id, reason } of await sessions.endedSince(since)) {
        const room = held.get(id)?.room;
        if (room && (reason === 'logout' || !room.isBusy())) sessionChanged(room, hintOf(reason));
      }
    }
    lookedAt = now;
  }

  function enter(connection: Connection, session: Session, token: string): SessionRoom {
    if (connection.room && connection.room.session.id !== session.id) leave(connection);
    const room = held.get(session.id)?.room ?? hold(session);
    adopt(room, session);
    // Another node may have extended what looked run out here
    room.isExpired = false;
    connection.room = room;
    connection.token = token;
    room.add(connection);
    return room;
  }

  function adopt(room: SessionRoom, session: Session): void {
    const isOthers = room.session.ownerKey !== session.ownerKey;
    if (isOthers) forgetOwner(room);
    room.session = session;
    if (isOthers) rememberOwner(room);
  }

  /** What another socket has bound the session to holds for all of them. */
  async function readAgain(room: SessionRoom): Promise<void> {
    const session = await sessions.read(room.session.id);
    if (!session || held.get(session.id)?.room !== room) return;
    // This node may have extended it without having written that yet
    session.expiresAt = Math.max(session.expiresAt, room.session.expiresAt);
    adopt(room, session);
  }

  function hold(session: Session): SessionRoom {
    const room = new SessionRoom(parts, session);
    const unsubscribe = bus.subscribe(sessionTopic(session.id), (hint) =>
      isSessionHint(hint) ? sessionChanged(room, hint) : tellOfUpload(room, hint),
    );
    held.set(session.id, { room, unsubscribe });
    rememberOwner(room);
    return room;
  }

  function leave(connection: Connection): void {
    const { room } = connection;
    connection.room = null;
    connection.token = null;
    if (!room) return;
    room.remove(connection);
    if (room.connections.length === 0) release(room);
  }

  function release(room: SessionRoom): void {
    const entry = held.get(room.session.id);
    if (entry?.room !== room) return;
    held.delete(room.session.id);
    entry.unsubscribe();
    forgetOwner(room);
  }

  function rememberOwner(room: SessionRoom): void {
    const rooms = byOwner.get(room.session.ownerKey) ?? new Set();
    byOwner.set(room.session.ownerKey, rooms.add(room));
  }

  function forgetOwner(room: SessionRoom): void {
    const rooms = byOwner.get(room.session.ownerKey);
    rooms?.delete(room);
    if (rooms?.size === 0) byOwner.delete(room.session.ownerKey);
  }

  function sessionChanged(room: SessionRoom, hint: SessionHint): void {
    switch (hint.type) {
      case 'read-only':
        room.session.readOnly = true;
        return;
      case 'bound':
        readAgain(room).catch((cause: unknown) => {
          log.error({ err: cause }, 'guest api: a session could not be read again');
        });
        return;
      case 'expired':
        room.expire();
        return;
      case 'logout':
        room.dismissAll([logout()]);
        break;
      case 'closed':
        room.dismissAll([connectionClosed(hint.reason)], hint.exceptConnection);
        break;
      case 'cleared':
        room.dismissAll(clearedFrames(clock.now()));
        break;
    }
    release(room);
  }

  /** A person's other devices join a conversation that one of them has opened (§5.6). */
  function conversationChanged(hint: unknown): void {
    if (!isConversationHint(hint)) return;
    const { record, entries } = hint;
    if (!record || hasEnded(record)) return;
    for (const room of byOwner.get(record.ownerKey) ?? []) {
      if (room.opening || room.isExpired || room.conversationId === record.id) continue;
      room.follow(record.id, record.lastSeq - entries.length);
      room.deliver(record.id, entries);
      sessions.link(room.session.id, record.id).catch((cause: unknown) => {
        log.error({ err: cause }, 'guest api: a session could not be linked');
      });
    }
  }
}

/** What became of an upload, which may have gone to another node. */
function tellOfUpload(room: SessionRoom, hint: unknown): void {
  if (isObject(hint) && 'frame' in hint && typeof hint.frame === 'string')
    room.broadcast(hint.frame);
}

// Hints of other nodes come over the wire
const isObject = (hint: unknown): hint is object => typeof hint === 'object' && hint !== null;
const isConversationHint = (hint: unknown): hint is ConversationHint =>
  isObject(hint) && 'entries' in hint && Array.isArray(hint.entries);
const isSessionHint = (hint: unknown): hint is SessionHint => isObject(hint) && 'type' in hint;

/** What every connection of a cleared session is told, in this order (§5.7). */
export const clearedFrames = (now: number, tracingId?: string): string[] => [
  passingEvent(presenceEvent('Clear'), 'Inbound', now, undefined, tracingId),
  sessionCleared(),
  connectionClosed(),
];

/** What its hint would have said, had it come. */
function hintOf(reason: Ending['reason']): SessionHint {
  if (reason === 'signed-in') return { type: 'closed', reason: 'signedIn' };
  return { type: reason === 'replaced' ? 'closed' : reason };
}
