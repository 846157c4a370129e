import { hashPassword } from '@better-auth/utils/password';
import { Account, NewPassword, SecondFactorBegun } from '@countersign/protocol';
import type { Kysely } from 'kysely';
import { Type } from 'typebox';
import type { ConfigurationWriter, WatchedConfiguration } from '../../configuration/index.ts';
import { type Clock, Fault, type Http, notFound } from '../../platform/index.ts';
import { deletePasskey, listPasskeys, readAccount, renamePasskey } from './account-store.ts';
import { confirmPerson } from './confirm-person.ts';
import { answerOf, type Forward, passOn, takeCookies } from './forward.ts';
import type { OwnSessionOf } from './own-session.ts';
import { renameUser } from './rename-user.ts';
import { endOtherSessions } from './session-store.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { passkeysWork } from './staff-auth.ts';
import { writePassword } from './staff-store.ts';

const tags = ['Own account'];
const strict = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
const Typed = Type.String({ minLength: 1, maxLength: 4096 });
const Confirmed = strict({ password: Type.Optional(Typed) });
const KeyName = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const Codes = Type.Object({ recoveryCodes: Type.Array(Type.String()) });
const Nothing = { 204: Type.Null() };

export interface AccountParts {
  kysely: Kysely<unknown>;
  forward: Forward;
  ownSession: OwnSessionOf;
  limits: SignInLimits;
  clock: Clock;
  configuration: WatchedConfiguration;
  writer: ConfigurationWriter;
  publicUrl: string;
  companyName: string | null;
}

/** What a person changes of their own account. The password is asked for before each way in changes. */
export function accountRoutes(http: Http, parts: AccountParts): void {
  const { kysely, ownSession, companyName, publicUrl, clock } = parts;

  http.get('/api/account', { schema: { tags, response: { 200: Account } } }, async (request) => {
    const { user } = await ownSession(request);
    const facts = await readAccount(kysely, user.id);
    const passkeys = await listPasskeys(kysely, user.id);
    return {
      ...{ email: user.email, name: user.name, secondFactor: facts.secondFactor },
      password: facts.passwordHash !== null,
      passkeys: passkeys.map(({ name, createdAt, ...key }) => ({
        ...key,
        name: name ?? '',
        createdAt: createdAt?.toISOString() ?? null,
      })),
      passkeysWork: passkeysWork(publicUrl),
      company: facts.company ? companyName : null,
    };
  });

  const named = strict({ name: Type.String({ minLength: 1, maxLength: 256, pattern: '\\S' }) });
  http.put(
    '/api/account',
    { schema: { tags, body: named, response: Nothing } },
    async (request, reply) => {
      const { user } = await ownSession(request);
      await renameUser(parts, user, request.body.name.trim());
      return reply.code(204).send(null);
    },
  );

  const changed = strict({ password: Type.Optional(Typed), newPassword: NewPassword });
  http.post(
    '/api/account/password',
    { schema: { tags, body: changed, response: Nothing } },
    async (request, reply) => {
      const own = await ownSession(request);
      const { password, newPassword } = request.body;
      await confirmPerson(parts, request, reply, own, password);
      const hash = await hashPassword(newPassword);
      await kysely.transaction().execute(async (transaction) => {
        await writePassword(transaction, own.user.id, hash, new Date(clock.now()));
        await endOtherSessions(transaction, own.user.id, own.sessionId);
      });
      return reply.code(204).send(null);
    },
  );

  secondFactorRoutes(http, parts);
  passkeyRoutes(http, parts);
}

function secondFactorRoutes(http: Http, parts: AccountParts): void {
  const { forward, ownSession } = parts;

  const begun = { tags, body: Confirmed, response: { 200: SecondFactorBegun } };
  http.post('/api/account/second-factor', { schema: begun }, async (request, reply) => {
    const own = await ownSession(request);
    await confirmPerson(parts, request, reply, own, request.body.password);
    const body = { ...request.body, method: 'totp' };
    const answer = await forward(request, { path: '/two-factor/enable', body });
    const { totpURI, backupCodes } = await answerOf(answer);
    return { uri: String(totpURI), recoveryCodes: texts(backupCodes) };
  });

  const code = strict({ code: Type.String({ minLength: 1, maxLength: 32 }) });
  http.post(
    '/api/account/second-factor/confirm',
    { schema: { tags, body: code, response: Nothing } },
    async (request, reply) => {
      await ownSession(request);
      const body = { code: request.body.code.trim() };
      const answer = await forward(request, { path: '/two-factor/verify-totp', body });
      await answerOf(answer.clone());
      takeCookies(reply, answer);
      return reply.code(204).send(null);
    },
  );

  http.post(
    '/api/account/second-factor/remove',
    { schema: { tags, body: Confirmed, response: Nothing } },
    async (request, reply) => {
      const own = await ownSession(request);
      await confirmPerson(parts, request, reply, own, request.body.password);
      const answer = await forward(request, { path: '/two-factor/disable', body: request.body });
      await answerOf(answer.clone());
      takeCookies(reply, answer);
      return reply.code(204).send(null);
    },
  );

  const renewed = { tags, body: Confirmed, response: { 200: Codes } };
  http.post('/api/account/recovery-codes', { schema: renewed }, async (request, reply) => {
    const own = await ownSession(request);
    await confirmPerson(parts, request, reply, own, request.body.password);
    const path = '/two-factor/generate-backup-codes';
    const { backupCodes } = await answerOf(await forward(request, { path, body: request.body }));
    return { recoveryCodes: texts(backupCodes) };
  });
}

function passkeyRoutes(http: Http, parts: AccountParts): void {
  const { kysely, forward, ownSession, publicUrl } = parts;
  const Key = Type.Object({ id: Type.String({ maxLength: 64 }) });

  http.post(
    '/api/account/passkeys/options',
    { schema: { tags, body: Confirmed } },
    async (request, reply) => {
      const own = await ownSession(request);
      if (!passkeysWork(publicUrl)) throw notFound('passkey');
      await confirmPerson(parts, request, reply, own, request.body.password);
      const answer = await forward(request, { path: '/passkey/generate-register-options' });
      await answerOf(answer.clone());
      return passOn(reply, answer);
    },
  );
  const made = strict({ response: Type.Record(Type.String(), Type.Unknown()), name: KeyName });
  http.post(
    '/api/account/passkeys',
    { schema: { tags, body: made, response: Nothing } },
    async (request, reply) => {
      await ownSession(request);
      if (!passkeysWork(publicUrl)) throw notFound('passkey');
      const { response, name } = request.body;
      const body = { response, name: name.trim() };
      const answer = await forward(request, { path: '/passkey/verify-registration', body });
      await answerOf(answer);
      return reply.code(204).send(null);
    },
  );
  http.patch(
    '/api/account/passkeys/:id',
    { schema: { tags, params: Key, body: strict({ name: KeyName }), response: Nothing } },
    async (request, reply) => {
      const { user } = await ownSession(request);
      const { name } = request.body;
      if (!(await renamePasskey(kysely, user.id, request.params.id, name.trim())))
        throw notFound('passkey');
      return reply.code(204).send(null);
    },
  );
  http.delete(
    '/api/account/passkeys/:id',
    { schema: { tags, params: Key, response: Nothing } },
    async (request, reply) => {
      const { user } = await ownSession(request);
      await requireAnotherWay(parts, user.id);
      if (!(await deletePasskey(kysely, user.id, request.params.id))) throw notFound('passkey');
      return reply.code(204).send(null);
    },
  );
}

/** Nobody locks themselves out. */
async function requireAnotherWay({ kysely }: AccountParts, userId: string): Promise<void> {
  const { passwordHash, company } = await readAccount(kysely, userId);
  const { length } = await listPasskeys(kysely, userId);
  if (passwordHash !== null || company || length !== 1) return;
  const sentence = 'This passkey is the only way you can sign in. Set a password first.';
  throw new Fault('last_way_in', 409, sentence);
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
