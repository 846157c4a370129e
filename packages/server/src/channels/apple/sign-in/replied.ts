import type { AppleAccount } from '../../../configuration/index.ts';
import type { AppleEvidence, AppleRefusal, Verdict } from '../../../identity/index.ts';
import type { Complete } from './complete.ts';
import type { End } from './end.ts';
import type { DeviceReply, SignInParts } from './index.ts';
import { CONFIRMATION_MS } from './limits.ts';
import { openSecrets } from './secrets.ts';
import { keepProvisional, read, report, type SignInRequest, takeKey } from './store.ts';
import { isAttached } from './why-not.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Answer {
  status: string;
  token: string | null;
  /** Code and domain of what failed on the device, and no message. */
  failure: Record<string, unknown>;
}

/**
 * What a device says to a request (§7.4, §7.5, §9.5). Only the customer to whom a request went can answer
 * it, once and in time; anything else is recorded and does nothing.
 */
export function createReplied(
  parts: SignInParts,
  { end, complete }: { end: End; complete: Complete },
) {
  const { clock, database, identity, seal } = parts;
  const db = database.kysely;

  /** Answers what goes on after the reply is stored; null: nothing does. */
  return async (reply: DeviceReply): Promise<(() => Promise<unknown>) | null> => {
    const id = reply.requestIdentifier.toLowerCase();
    const request = UUID.test(id) ? await read(db, id) : null;
    const answer = readAnswer(reply.authenticate);
    const mismatch = mismatchOf(request, reply, answer);
    if (mismatch === 'told already') return null;
    if (mismatch !== null || request === null)
      return unmatched(reply.account, mismatch ?? 'unknown');
    if (request.version === 1) return answerVersion1(reply, request, answer);
    if (answer.status === 'success') return confirm(reply, request);
    if (answer.status === 'cancel') await end.cancelled(request);
    else await failOnDevice(reply.account, request, answer);
    return null;
  };

  function mismatchOf(
    request: SignInRequest | null,
    { account, opaqueId }: DeviceReply,
    { status }: Answer,
  ): string | null {
    if (request === null) return 'no request has this identifier';
    if (request.accountId !== account.id || request.opaqueId !== opaqueId)
      return 'the request of another customer';
    const ended = request.status === 'failed' || request.status === 'cancelled';
    const saysSo = request.version === 2 && status !== 'success';
    if (ended && saysSo) return 'told already';
    if (request.status !== 'pending') return `a request that is ${request.status}`;
    return request.expiresAt <= clock.now() ? 'a request that is expired' : null;
  }

  async function unmatched(account: AppleAccount, observed: string): Promise<null> {
    await record(account, { reason: 'unmatched_reply', observed });
    return null;
  }

  async function answerVersion1(
    { account }: DeviceReply,
    request: SignInRequest,
    answer: Answer,
  ): Promise<(() => Promise<unknown>) | null> {
    const { token } = answer;
    if (answer.status !== 'authenticated' || token === null) {
      await failOnDevice(account, request, answer);
      return null;
    }
    const taken = await takeKey(db, request.id, clock.now());
    if (taken === null) return unmatched(account, 'a request that is answered');
    return () => prove(account, taken, token);
  }

  async function prove(
    account: AppleAccount,
    request: SignInRequest & { takenSecrets: string },
    encryptedToken: string,
  ): Promise<void> {
    const secrets = await openSecrets(seal, request.takenSecrets);
    if (secrets.version !== 1) throw new Error('a request of version 1 has a key');
    if (!isAttached(account) || account.setting.id !== request.settingId) {
      await end.failed(request, 'sign_in_not_attached', {}, true);
      return;
    }
    const scalar = Buffer.from(secrets.scalar, 'base64');
    const evidence: AppleEvidence = { version: 1, encryptedToken, scalar };
    const verdict = await identity.proveApple(account.setting, evidence, sourceOf(account));
    const { reference } = verdict;
    if (verdict.outcome === 'refused') {
      await end.failed(request, verdict.reason, { reference }, true);
      return;
    }
    const sealed = await seal.seal(JSON.stringify(verdict.identity));
    const proven = await keepProvisional(db, request.id, sealed, clock.now());
    if (proven) await complete(proven);
  }

  /** §9.6: the device's word counts with what our callback has proven, in time, and not without it. */
  async function confirm(
    { account }: DeviceReply,
    request: SignInRequest,
  ): Promise<(() => Promise<unknown>) | null> {
    const now = clock.now();
    if (request.provenAt !== null && request.provenAt + CONFIRMATION_MS < now) {
      await end.failed(request, 'unconfirmed_by_device');
      return unmatched(account, 'a confirmation that came too late');
    }
    const reported = await report(db, request.id, now);
    if (reported === null) return unmatched(account, 'a request that is answered');
    return reported.provenAt === null ? null : () => complete(reported);
  }

  async function failOnDevice(
    account: AppleAccount,
    request: SignInRequest,
    { status, failure }: Answer,
  ): Promise<void> {
    const told = Object.entries(failure).map(([name, value]) => `${name} ${value}`);
    const observed = [status, ...told].join(', ');
    const { reference } = await record(account, { reason: 'device_failed', observed });
    await end.failed(request, 'device_failed', { ...failure, reference });
  }

  function record(account: AppleAccount, refusal: AppleRefusal): Promise<Verdict> {
    return identity.refuseApple(account.setting, refusal, sourceOf(account));
  }
}

export const sourceOf = ({ id }: AppleAccount) => ({ deploymentId: id, channel: 'apple' });

const STATUSES = new Set(['authenticated', 'failed', 'success', 'failure', 'cancel']);
const DOMAIN = /^[\w.-]{1,120}$/;

function readAnswer(authenticate: unknown): Answer {
  const said = objectOf(authenticate);
  const status = typeof said.status === 'string' ? said.status.toLowerCase() : '';
  const first = objectOf(Array.isArray(said.errors) ? said.errors[0] : {});
  const code = first.code ?? said.error_code;
  return {
    status: STATUSES.has(status) ? status : 'unknown',
    token: typeof said.token === 'string' ? said.token : null,
    failure: {
      ...(Number.isSafeInteger(code) && { code }),
      ...(typeof first.domain === 'string' &&
        DOMAIN.test(first.domain) && { domain: first.domain }),
    },
  };
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
