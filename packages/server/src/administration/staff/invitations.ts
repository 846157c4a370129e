import type { InvitationRequest } from '@countersign/protocol';
import type { Kysely } from 'kysely';
import type {
  ConfigurationWriter,
  Draft,
  StaffRole,
  StoredObject,
  WatchedConfiguration,
} from '../../configuration/index.ts';
import { type Clock, Fault, newId } from '../../platform/index.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { applyingAs, rolesOf, type Staff } from '../identify.ts';
import {
  deleteLink,
  dropExpiredLinks,
  listLinks,
  readLink,
  type StaffLink,
  writeLink,
} from './link-store.ts';
import { hashToken, newToken, welcomeUrl } from './link-token.ts';
import { writeStaff } from './staff-store.ts';

const VALID_MS = 7 * 24 * 3_600_000;
const CAPACITY = 100;

type StoredUser = Extract<StoredObject, { kind: 'users' }>;

export interface InvitationParts {
  kysely: Kysely<unknown>;
  writer: ConfigurationWriter;
  configuration: WatchedConfiguration;
  clock: Clock;
  publicUrl: string;
}

export interface Invitations {
  /**
   * For a user that exists, or with name and roles for a new one. Takes the place of an earlier link.
   * Faults, with nothing changed: `needs_secrets` 403, `user_exists` 409, `unknown_user` 400.
   */
  make(by: Staff, request: InvitationRequest): Promise<{ link: StaffLink; url: string }>;
  list(): Promise<StaffLink[]>;
  /** Answers whether it was there. */
  revoke(id: string): Promise<boolean>;
}

export function createInvitations(parts: InvitationParts): Invitations {
  const { kysely, writer, configuration, clock, publicUrl } = parts;
  return {
    async make(by, request) {
      const token = newToken();
      const id = newId();
      const now = new Date(clock.now());
      const { origin } = applyingAs(by);
      await writer.write(origin, async (stored, transaction) => {
        const user = invitedUser(stored, request);
        requireSecretsFor(by, user.body.roles);
        const { id: userId, name: email } = user;
        await writeStaff(transaction, { id: userId, email, name: user.body.displayName }, now);
        await dropExpiredLinks(transaction, now);
        await writeLink(transaction, {
          id,
          tokenHash: hashToken(token),
          userId,
          startOver: request.startOver ?? false,
          withSecrets: rolesOf(by).includes('secrets'),
          createdBy: by.kind === 'user' ? by.user.name : by.name,
          createdAt: now,
          expiresAt: new Date(now.getTime() + VALID_MS),
        });
        await recordAudit(transaction, clock, origin, {
          ...{ action: 'invited', section: 'users', objectId: userId, objectName: email },
          after: { startOver: request.startOver ?? false },
        });
        return { put: [user] };
      });
      await configuration.refresh();
      const link = await readLink(kysely, id, now);
      if (!link) throw new Error('a link is gone as soon as it was made');
      return { link, url: welcomeUrl(publicUrl, token) };
    },
    list: () => listLinks(kysely, new Date(clock.now())),
    async revoke(id) {
      const link = await readLink(kysely, id, new Date(clock.now()));
      return link?.userId ? deleteLink(kysely, id) : false;
    },
  };
}

function invitedUser(
  stored: readonly StoredObject[],
  { email, name, roles }: InvitationRequest,
): Extract<Draft, { kind: 'users' }> {
  const address = email.toLowerCase();
  const found = stored.find(
    (object): object is StoredUser => object.kind === 'users' && object.name === address,
  );
  if (name === undefined && roles === undefined) {
    if (found) return { kind: 'users', id: found.id, name: found.name, body: found.body };
    throw new Fault('unknown_user', 400, 'Nobody has this address. Give a name and roles as well.');
  }
  if (found) {
    throw new Fault('user_exists', 409, 'This person is a user already. Leave name and roles out.');
  }
  if (name === undefined || roles === undefined) {
    throw new Fault('invalid_request', 400, 'Give a name and roles, or neither.');
  }
  const body = { displayName: name, nickname: name, roles: [...roles], capacity: CAPACITY };
  return { kind: 'users', id: newId(), name: address, body };
}

/** Else an administrator could take an account over that may do more than their own. */
export function requireSecretsFor(by: Staff, roles: readonly StaffRole[]): void {
  if (!roles.includes('secrets') || rolesOf(by).includes('secrets')) return;
  const sentence = 'Only who has the role secrets may do this for somebody who has it.';
  throw new Fault('needs_secrets', 403, sentence);
}
