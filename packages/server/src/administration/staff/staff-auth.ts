import { isIP } from 'node:net';
import type { BetterAuthPlugin } from 'better-auth';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../../platform/index.ts';
import { passkeyPlugin } from './passkey-plugin.ts';

export interface StaffAuthOptions {
  kysely: Kysely<unknown>;
  /** The only origin that browsers may sign in from. */
  publicUrl: string;
  /** 32 bytes; signs session cookies, and seals the secrets of second factors. */
  secret: Uint8Array;
  clock: Clock;
  log: Logger;
}

/** Header in which our route hands the client's address on; what a client sends under it is replaced. */
export const CLIENT_ADDRESS_HEADER = 'x-countersign-client-address';

const SESSION_SECONDS = 12 * 3600;
/** Between the password and the code of the second factor. */
const SECOND_STEP_SECONDS = 600;

export type StaffAuth = Awaited<ReturnType<typeof createStaffAuth>>;

/** Answers the same one each time; the library is loaded with the first call. */
export type OpenStaffAuth = () => Promise<StaffAuth>;

/**
 * The sign-in library with our tables, our cookie and nothing that people could sign up with. Loaded
 * when it is first needed: it is a third of all that a node could load, and a start waits for it.
 */
export function staffAuth(options: StaffAuthOptions): OpenStaffAuth {
  let opened: Promise<StaffAuth> | undefined;
  return () => (opened ??= createStaffAuth(options));
}

/** A passkey belongs to a name; browsers know none of an address (Web Authentication §5.1.2). */
export const passkeysWork = (publicUrl: string): boolean =>
  isIP(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')) === 0;

/** `more`: plugins that not every instance has. */
export async function createStaffAuth(
  { kysely, publicUrl, secret, clock, log }: StaffAuthOptions,
  more: BetterAuthPlugin[] = [],
) {
  const { betterAuth } = await import('better-auth');
  const { twoFactor } = await import('better-auth/plugins/two-factor');
  const origin = new URL(publicUrl).origin;
  const secure = origin.startsWith('https:');
  return betterAuth({
    appName: 'Countersign',
    baseURL: origin,
    basePath: '/auth',
    secret: Buffer.from(secret).toString('base64url'),
    trustedOrigins: [origin],
    database: { db: kysely, type: 'postgres' },
    user: { modelName: 'staff_users' },
    // What the company's provider hands out is not kept: nobody here uses it
    account: { modelName: 'staff_accounts', updateAccountOnSignIn: false },
    databaseHooks: {
      account: { create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) } },
    },
    verification: { modelName: 'staff_verifications' },
    session: {
      modelName: 'staff_sessions',
      expiresIn: SESSION_SECONDS,
      updateAge: 3600,
      additionalFields: { lastSeenAt: { type: 'date', required: false, input: false } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 4096,
    },
    plugins: [
      twoFactor({
        schema: { twoFactor: { modelName: 'staff_two_factors' } },
        twoFactorCookieMaxAge: SECOND_STEP_SECONDS,
        // Who has a password is asked for it by our own routes
        allowPasswordless: true,
      }),
      ...(passkeysWork(publicUrl) ? [await passkeyPlugin({ kysely, origin, clock })] : []),
      ...more,
    ],
    onAPIError: { errorURL: `${origin}/` },
    // Ours counts per account and network: sign-in-limits.ts
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ part: 'staff' }, message) },
    advanced: {
      // The library knows the prefix __Secure- only; __Host- also pins host and path (RFC 6265bis §4.1.3)
      useSecureCookies: false,
      cookiePrefix: secure ? '__Host-countersign' : 'countersign',
      defaultCookieAttributes: { secure, sameSite: 'lax', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
  });
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null };
