import type { Kysely } from 'kysely';
import type { Logger } from 'pino';

export interface StaffAuthOptions {
  kysely: Kysely<unknown>;
  /** The only origin that browsers may sign in from. */
  publicUrl: string;
  /** 32 bytes; signs session cookies. */
  secret: Uint8Array;
  log: Logger;
}

/** Header in which our route hands the client's address on; what a client sends under it is replaced. */
export const CLIENT_ADDRESS_HEADER = 'x-countersign-client-address';

const SESSION_SECONDS = 12 * 3600;

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

export async function createStaffAuth({ kysely, publicUrl, secret, log }: StaffAuthOptions) {
  const { betterAuth } = await import('better-auth');
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
    account: { modelName: 'staff_accounts' },
    verification: { modelName: 'staff_verifications' },
    session: { modelName: 'staff_sessions', expiresIn: SESSION_SECONDS, updateAge: 3600 },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 4096,
    },
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
