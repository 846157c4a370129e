import type { FastifyRequest } from 'fastify';
import type { Configuration, User } from '../../configuration/index.ts';
import { Fault } from '../../platform/index.ts';
import { ofApiKey } from '../identify.ts';
import type { OpenStaffAuth } from './staff-auth.ts';

/** What a person is signed in with. */
export interface OwnSession {
  user: User;
  sessionId: string;
  createdAt: Date;
}

export type OwnSessionOf = (request: Pick<FastifyRequest, 'headers'>) => Promise<OwnSession>;

/** For what belongs to a person alone. Faults: `unauthenticated` 401, `forbidden` 403 (an API key). */
export function createOwnSession(
  configuration: Configuration,
  openAuth: OpenStaffAuth,
): OwnSessionOf {
  return async ({ headers: { authorization, cookie } }) => {
    if (authorization !== undefined) {
      throw ofApiKey(configuration, authorization) ? forPeople() : notSignedIn();
    }
    if (cookie === undefined) throw notSignedIn();
    const auth = await openAuth();
    const found = await auth.api.getSession({
      headers: new Headers({ cookie }),
      query: { disableRefresh: true },
    });
    const user = found && configuration.current().users.get(found.session.userId);
    if (!user) throw notSignedIn();
    return { user, sessionId: found.session.id, createdAt: found.session.createdAt };
  };
}

const notSignedIn = (): Fault => new Fault('unauthenticated', 401, 'Sign in.');
const forPeople = (): Fault =>
  new Fault('forbidden', 403, 'This belongs to a person who is signed in, not to an API key.');
