export { type Environment, type SocketLike, standardEnvironment } from './environment.ts';
export type { ChatMessage, ChatNotice, Delivery, Entry, Failure } from './message.ts';
export { type Person, type Proof, RestError, readPerson, type Tokens } from './rest.ts';
export type { ClosedReason, State } from './state.ts';
export { memoryStore, type StoreKey, type TokenStore } from './store.ts';
export { Transport, type TransportEvents, type TransportOptions } from './transport.ts';
