/** Published on the bus, topic `session/<id>`; sockets act on it within 1 s on every node. */
export type SessionHint =
  | { type: 'logout' }
  | { type: 'closed'; exceptConnection?: string; reason?: 'signedIn' }
  | { type: 'cleared' }
  | { type: 'expired' }
  | { type: 'read-only' }
  /** Bound to another sign-in, or its sign-in was renewed: read it again. */
  | { type: 'bound' };

export const sessionTopic = (id: string): string => `session/${id}`;
