import type { Logger } from 'pino';
import type { ConfigurationWriter, WatchedConfiguration } from '../../configuration/index.ts';
import type { Clock, Database, Http, Outbound, Seal } from '../../platform/index.ts';
import { createIdentify, type Identify } from '../identify.ts';
import { accountRoutes } from './account-routes.ts';
import { type CompanyProvider, createCompanySignIn } from './company-sign-in.ts';
import { createFirstAdministrator, type FirstAdministrator } from './first-administrator.ts';
import { createForward } from './forward.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { createInvitations } from './invitations.ts';
import { createNoteSeen } from './note-seen.ts';
import { createOwnSession } from './own-session.ts';
import { sessionRoutes } from './session-routes.ts';
import { createSignInLimits } from './sign-in-limits.ts';
import { staffAuth } from './staff-auth.ts';
import { staffRoutes } from './staff-routes.ts';
import { welcomeRoutes } from './welcome-routes.ts';

export type { CompanyProvider } from './company-sign-in.ts';

export interface StaffSignInParts {
  http: Http;
  database: Database;
  seal: Seal;
  clock: Clock;
  log: Logger;
  configuration: WatchedConfiguration;
  writer: ConfigurationWriter;
  publicUrl: string;
  /** The company's own sign-in; its provider is asked through `outbound` first. */
  company?: { provider: CompanyProvider; outbound: Outbound } | undefined;
}

export interface StaffSignIn {
  identify: Identify;
  first: FirstAdministrator;
}

/** How the company's people sign in: `/auth/*`, `/api/account`, `/api/invitations`, `/api/users`. */
export function createStaffSignIn(parts: StaffSignInParts): StaffSignIn {
  const { http, database, seal, clock, log, configuration, publicUrl, company } = parts;
  const { kysely } = database;
  const limits = createSignInLimits(kysely, clock);
  const auth = { kysely, publicUrl, secret: seal.derive('staff-sessions'), clock, log };
  const openAuth = staffAuth(auth);
  const forward = createForward(openAuth, publicUrl);
  const ownSession = createOwnSession(configuration, openAuth);
  const identify = createIdentify(configuration, openAuth, createNoteSeen(kysely, clock));
  const first = createFirstAdministrator({ ...parts, kysely });
  const invitations = createInvitations({ ...parts, kysely });
  const companySignIn = company ? createCompanySignIn({ ...company, auth, log }) : null;

  const shared = { ...parts, kysely, forward, limits, identify, ownSession };
  staffRoutes(http, { ...shared, company: companySignIn });
  welcomeRoutes(http, { ...shared, first });
  accountRoutes(http, { ...shared, companyName: companySignIn?.name ?? null });
  sessionRoutes(http, shared);
  invitationRoutes(http, { identify, invitations });
  return { identify, first };
}
