export { type CheckOutgoing, createCheckOutgoing } from './check-outgoing.ts';
export { type AppleChannel, type AppleThread, createAppleChannel } from './create-apple-channel.ts';
export {
  createGateway,
  type Gateway,
  type GatewayMessage,
  type GatewayOutcome,
} from './gateway.ts';
export { appleMigrations } from './migrations.ts';
export { openThread } from './open-thread.ts';
export { type AppleSignIn, createSignIn, signInMigrations } from './sign-in/index.ts';
export {
  type AuthenticationReply,
  type NotAsked,
  noSignIn,
  type SignIn,
  type SignInMessage,
} from './sign-in.ts';
