import { CONVERSATIONS_TOPIC, type ConversationHint } from '../../conversations/index.ts';
import { type Session, type SessionHint, sessionTopic } from '../../sessions/index.ts';
import type { Connection } from './connection.ts';
import { connectionClosed, logout, passingEvent, presenceEvent, sessionCleared } from './frames.ts';
import { type RoomParts, SessionRoom } from './session-room.ts';

export interface Rooms {
  /** Puts a connection into the room of its session; it leaves the one it was in. */
  enter(connection: Connection, session: Session, token: string): SessionRoom;
  leave(connection: Connection): void;
  close(): void;
}

interface Held {
  room: SessionRoom;
  unsubscribe: () => void;
}

/** The sessions that have a connection on this node. */
export function createRooms(parts: RoomParts): Rooms {
  const { bus, clock, sessions, log } = parts;
  const held = new Map<string, Held>();
  const byOwner = new Map<string, Set<SessionRoom>>();
  const unsubscribe = bus.subscribe(CONVERSATIONS_TOPIC, (hint) => conversationChanged(hint));
  return {
    enter,
    leave,
    close: () => unsubscribe(),
  };

  function enter(connection: Connection, session: Session, token: string): SessionRoom {
    if (connection.room && connection.room.session.id !== session.id) leave(connection);
    const room = held.get(session.id)?.room ?? hold(session);
    if (room.session.ownerKey !== session.ownerKey) {
      forgetOwner(room);
      room.session = session;
      rememberOwner(room);
    }
    room.session = session;
    // Another node may have extended what looked run out here
    room.isExpired = false;
    connection.room = room;
    connection.token = token;
    room.add(connection);
    return room;
  }

  function hold(session: Session): SessionRoom {
    const room = new SessionRoom(parts, session);
    const unsubscribe = bus.subscribe(sessionTopic(session.id), (hint) =>
      isSessionHint(hint) ? sessionChanged(room, hint) : undefined,
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
    if (!record || record.state === 'closed') return;
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
