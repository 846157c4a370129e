export {
  createGateway,
  type Gateway,
  type GatewayMessage,
  type GatewayOutcome,
} from './gateway.ts';
export { type AuthenticationReply, noSignIn, type SignIn } from './sign-in.ts';
