/** Apple's side of the sample world: a gateway with a phone to write from, and a provider to sign in at. */
import { randomBytes } from 'node:crypto';
import {
  type AppleGateway,
  createAppleGateway,
  type OAuthProvider,
  startOAuthProvider,
} from '@countersign/simulators';

/** As `demo/countersign.yaml` has them. */
const BUSINESS_ID = '1f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b77';
const MSP_ID = '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11';
const CLIENT_ID = 'countersign-apple';
/** Where a device of version 1 comes back to (spec/apple-messages-for-business.md §6). */
const DEVICE_REDIRECT = 'https://auth.businesschat.apple.com';

export interface AppleWorld {
  gateway: AppleGateway;
  accounts: OAuthProvider;
  mspSecret: string;
  clientSecret: string;
}

interface AppleWorldOptions {
  nodeUrl: string;
  host: string;
  /** Finds a port for each of the two. */
  atPort<T>(offset: number, start: (port: number) => Promise<T>): Promise<T>;
}

export async function startAppleWorld(options: AppleWorldOptions): Promise<AppleWorld> {
  const { nodeUrl, host, atPort } = options;
  const mspSecret = randomBytes(32).toString('base64');
  const clientSecret = randomBytes(32).toString('base64url');
  const redirectUris = [`${nodeUrl}/channels/apple/oauth/callback`, DEVICE_REDIRECT];
  const client = { clientId: CLIENT_ID, clientSecret, redirectUris };
  const accounts = await atPort(4, (port) => startOAuthProvider({ port, host, clients: [client] }));
  const { authorizationUrl, accessTokenUrl } = accounts;
  const business = {
    ...{ businessId: BUSINESS_ID, name: 'Fjell & Fern', mspId: MSP_ID, mspSecret },
    ...{ authorizationUrl, accessTokenUrl, clientIdentifier: CLIENT_ID },
    webhookUrl: `${nodeUrl}/channels/apple`,
  };
  try {
    const gateway = await atPort(3, (port) =>
      createAppleGateway({ port, host, businesses: [business] }),
    );
    return { gateway, accounts, mspSecret, clientSecret };
  } catch (cause) {
    await accounts.close();
    throw cause;
  }
}

export const appleSecrets = ({ mspSecret, clientSecret }: AppleWorld): Record<string, string> => ({
  DEMO_APPLE_MSP_SECRET: mspSecret,
  DEMO_APPLE_CLIENT_SECRET: clientSecret,
});

export const appleHosts = ({ gateway, accounts }: AppleWorld): string[] =>
  [gateway.url, accounts.accessTokenUrl].map((url) => new URL(url).host);

/** The configuration file with the addresses of this world. */
export const withAppleWorld = (text: string, { gateway, accounts }: AppleWorld): string =>
  text
    .replaceAll('DEMO_APPLE_GATEWAY', gateway.baseUrl)
    .replaceAll('DEMO_APPLE_TOKEN', accounts.accessTokenUrl)
    .replaceAll('DEMO_APPLE_PROFILE', accounts.profileUrl);

export async function closeAppleWorld({ gateway, accounts }: AppleWorld): Promise<void> {
  await Promise.all([gateway.close(), accounts.close()]);
}
