import { hashPassword } from '@better-auth/utils/password';
import type { Kysely } from 'kysely';
import type { ConfigurationWriter, WatchedConfiguration } from '../../configuration/index.ts';
import { type Clock, Fault, newId } from '../../platform/index.ts';
import { deleteLink, dropFirstLinks, findLink, writeLink } from './link-store.ts';
import { hashToken, newToken, welcomeUrl } from './link-token.ts';
import { writeStaff } from './staff-store.ts';

const VALID_MS = 24 * 3_600_000;
const CAPACITY = 100;

export interface FirstAdministratorParts {
  kysely: Kysely<unknown>;
  writer: ConfigurationWriter;
  configuration: WatchedConfiguration;
  clock: Clock;
  publicUrl: string;
}

export interface FirstAdministrator {
  /** The link to print at a start; the ones before it are void. Null: there are users. */
  offer(): Promise<string | null>;
  /** Fault: `link_gone` 404, and nothing is made. */
  create(person: { token: string; name: string; email: string; password: string }): Promise<void>;
}

/** No default password: who can read what a node without users prints makes the first administrator. */
export function createFirstAdministrator(parts: FirstAdministratorParts): FirstAdministrator {
  const { kysely, writer, configuration, clock, publicUrl } = parts;
  return {
    async offer() {
      if (configuration.current().users.size > 0) {
        await dropFirstLinks(kysely);
        return null;
      }
      const token = newToken();
      const now = clock.now();
      await writeLink(kysely, {
        id: newId(),
        tokenHash: hashToken(token),
        userId: null,
        startOver: false,
        withSecrets: true,
        createdBy: null,
        createdAt: new Date(now),
        expiresAt: new Date(now + VALID_MS),
      });
      return welcomeUrl(publicUrl, token);
    },

    async create({ token, name, email, password }) {
      const passwordHash = await hashPassword(password);
      const address = email.toLowerCase();
      const id = newId();
      // One writer at a time: whoever comes second finds a user, and the link gone
      const actor = { kind: 'user' as const, id, name };
      await writer.write({ actor, via: 'console' }, async (stored, transaction) => {
        const now = new Date(clock.now());
        const link = await findLink(transaction, hashToken(token), now);
        const isFirst = stored.every(({ kind }) => kind !== 'users');
        if (!link || link.userId !== null || !isFirst) throw linkGone();
        if (!(await deleteLink(transaction, link.id))) throw linkGone();
        await writeStaff(transaction, { id, email: address, name, passwordHash }, now);
        const roles: ('administrator' | 'secrets')[] = ['administrator', 'secrets'];
        const body = { displayName: name, nickname: name, roles, capacity: CAPACITY };
        return { put: [{ kind: 'users', id, name: address, body }] };
      });
      await configuration.refresh();
    },
  };
}

export const linkGone = (): Fault =>
  new Fault('link_gone', 404, 'This link was used, was revoked or replaced, or has expired.');
