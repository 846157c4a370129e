// What a customer's device does with a request (Apple Messages spec §7.3, §9.3).
import { encryptForRequest } from '../../src/identity/testing/apple-evidence.ts';
import type { Envelope } from './gateway.ts';
import { agent, type Customer, PROFILE, type World } from './world.ts';

export interface AskedRequest {
  /** The `requestIdentifier`. */
  id: string;
  state: string;
  /** Of version 1. */
  encryptionKey: string;
  /** Of version 2. */
  parameters: URLSearchParams;
  message: Envelope;
}

/** An agent asks, and the device gets the request. */
export async function ask(world: World, customer: Customer, again = false): Promise<AskedRequest> {
  const { data } = await world.signIn.request(agent, customer.conversationId, { again });
  return requestOf(await delivered(world, String(data?.requestIdentifier)));
}

/** The request of this identifier, once the gateway has it. */
export async function delivered(
  world: Pick<World, 'apple'>,
  requestIdentifier: string,
): Promise<Envelope> {
  const { body } = await world.apple.until(
    (message) => message.body.interactiveData?.data.requestIdentifier === requestIdentifier,
  );
  return body;
}

export function requestOf(message: Envelope): AskedRequest {
  const { requestIdentifier, authenticate } = message.interactiveData.data;
  const { state, responseEncryptionKey, additionalParameters } = authenticate.oauth2;
  return {
    id: requestIdentifier,
    state: String(state),
    encryptionKey: String(responseEncryptionKey),
    parameters: new URLSearchParams(String(additionalParameters ?? '')),
    message,
  };
}

/** The person signs in at the provider in version 2: the code that the browser brings to us. */
export const codeFor = (
  world: World,
  { parameters, message }: AskedRequest,
  profile: Record<string, unknown> = PROFILE,
): string =>
  world.provider.issueCode({
    profile,
    redirectUri: String(message.interactiveData.data.authenticate.oauth2.redirectURI),
    codeChallenge: parameters.get('code_challenge'),
  });

/** The same, and the browser opens our callback with it. */
export const signInAtProvider = (
  world: World,
  request: AskedRequest,
  profile?: Record<string, unknown>,
) => world.callback({ code: codeFor(world, request, profile), state: request.state });

/** Version 1: the device has redeemed the code itself and encrypts the token for us. */
export const tokenReply = (
  world: World,
  { encryptionKey }: AskedRequest,
  profile: Record<string, unknown> = PROFILE,
) => ({
  status: 'authenticated',
  token: encryptForRequest(world.provider.issueToken(profile), encryptionKey),
});

/** How the conversation's sign-ins went, in order: kinds, with the reason of failures. */
export const story = async (world: World, customer: Customer): Promise<string[]> =>
  (await world.entries(customer))
    .filter(({ kind }) => kind !== 'message')
    .map(({ kind, data }) => (data?.reason ? `${kind} ${String(data.reason)}` : kind));

/** A customer who has signed in. */
export async function signedIn(
  world: World,
  profile: Record<string, unknown> = PROFILE,
): Promise<Customer> {
  const customer = await world.customer();
  await signInAgain(world, customer, profile);
  return customer;
}

export async function signInAgain(
  world: World,
  customer: Customer,
  profile?: Record<string, unknown>,
): Promise<AskedRequest> {
  const request = await ask(world, customer);
  await signInAtProvider(world, request, profile);
  await world.reply(customer, request.id, { status: 'success' });
  return request;
}
