export { type Environment, type SocketLike, standardEnvironment } from './environment.ts';
export {
  type Announced,
  announceFile,
  fileContent,
  filesOf,
  forgetFile,
  type Inspected,
  inspected,
  type Line,
  renewAddress,
  type SentFile,
} from './files.ts';
export type { Frame } from './frames.ts';
export type { ChatMessage, ChatNotice, Delivery, Entry, Failure } from './message.ts';
export type { Json } from './read.ts';
export type { Renewed } from './renewal.ts';
export type { Proof, SiteFault, Tokens } from './rest.ts';
export { NoProof, RestError } from './rest-error.ts';
export { type Person, readPerson } from './session-jwt.ts';
export type { ClosedReason, Standing, State } from './state.ts';
export { memoryStore, type StoreKey, type TokenStore } from './store.ts';
export { Transport } from './transport.ts';
export type { TransportEvents, TransportOptions } from './transport-options.ts';
