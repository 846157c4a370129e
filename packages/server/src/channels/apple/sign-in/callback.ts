/**
 * Where a provider sends the customer's browser after a sign-in of version 2 (§9.4). The state counts once;
 * what comes of it is told to the device alone, by the one redirect that it understands.
 */
import type { FastifyReply } from 'fastify';
import type { AppleEvidence, Verdict } from '../../../identity/index.ts';
import { callbackPage } from './callback-page.ts';
import type { Complete } from './complete.ts';
import type { End } from './end.ts';
import type { SignInParts } from './index.ts';
import { sourceOf } from './replied.ts';
import { openSecrets, stateHash } from './secrets.ts';
import { keepProvisional, markReused, redeemState, type SignInRequest } from './store.ts';
import { isAttached } from './why-not.ts';

export const CALLBACK_PATH = '/channels/apple/oauth/callback';

const LONGEST = 4096;
const PROVIDER_ERROR = 1;
const ERROR_CODES: Record<string, number> = {
  provider_error: PROVIDER_ERROR,
  token_exchange_failed: 2,
  profile_lookup_failed: 3,
};
const IDENTITY_REJECTED = 4;

type Ending = { status: 'success' } | { status: 'cancel' } | { status: 'failure'; reason: string };
type Taken = SignInRequest & { takenSecrets: string };

export function serveCallback(
  parts: SignInParts,
  { end, complete, redirectUri }: { end: End; complete: Complete; redirectUri: string },
): void {
  const { clock, configuration, database, http, identity, log, seal } = parts;
  const db = database.kysely;

  // HEAD is what scanners of links send: it must not use up a state
  http.get(
    CALLBACK_PATH,
    { exposeHeadRoute: false, schema: { hide: true } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
      const query = new URLSearchParams(request.raw.url?.split('?')[1] ?? '');
      const state = only(query, 'state');
      const taken = state === null ? null : await redeemState(db, stateHash(state), clock.now());
      if (taken === null) {
        if (state !== null) await recordReuse(state);
        return errorPage(reply, request.headers['accept-language']);
      }
      return redirect(reply, await judge(taken, query));
    },
  );

  /** Once a request: whoever has a link may open it as often as they like. */
  async function recordReuse(state: string): Promise<void> {
    const request = await markReused(db, stateHash(state), clock.now());
    const account = configuration.current().appleAccounts.get(request?.accountId ?? '');
    if (request === null || account === undefined) return;
    const { redeemedAt, status } = request;
    const why = redeemedAt === null ? `of a request that is ${status}` : 'that was used before';
    const refusal = { reason: 'unmatched_reply', observed: `a sign-in link ${why}` } as const;
    await identity.refuseApple(account.setting, refusal, sourceOf(account));
  }

  async function judge(taken: Taken, query: URLSearchParams): Promise<Ending> {
    try {
      if (query.has('error')) return await endByProvider(taken, only(query, 'error'));
      const code = only(query, 'code');
      if (code === null) return await failed(taken, 'provider_error');
      return await redeem(taken, code, only(query, 'iss'));
    } catch (cause) {
      log.error({ err: cause }, 'apple: a sign-in could not be judged');
      return failed(taken, 'token_exchange_failed');
    }
  }

  async function endByProvider(taken: Taken, error: string | null): Promise<Ending> {
    if (error !== 'access_denied') return failed(taken, 'provider_error');
    await end.cancelled(taken);
    return { status: 'cancel' };
  }

  async function redeem(taken: Taken, code: string, iss: string | null): Promise<Ending> {
    const account = configuration.current().appleAccounts.get(taken.accountId);
    if (!isAttached(account) || account.setting.id !== taken.settingId)
      return failed(taken, 'sign_in_not_attached');
    const secrets = await openSecrets(seal, taken.takenSecrets);
    if (secrets.version !== 2) throw new Error('a request of version 2 has a state');
    const { verifier: codeVerifier, nonce } = secrets;
    const evidence: AppleEvidence = {
      ...{ version: 2, code, redirectUri, codeVerifier, nonce },
      ...(iss === null ? {} : { iss }),
    };
    return conclude(taken, await identity.proveApple(account.setting, evidence, sourceOf(account)));
  }

  /** Whoever holds the link can come so far: nobody is verified before the device says so (§9.6). */
  async function conclude(taken: Taken, verdict: Verdict): Promise<Ending> {
    const { reference } = verdict;
    if (verdict.outcome === 'refused') return failed(taken, verdict.reason, { reference });
    const sealed = await seal.seal(JSON.stringify(verdict.identity));
    const proven = await keepProvisional(db, taken.id, sealed, clock.now());
    if (proven === null) return { status: 'failure', reason: 'ended' };
    if (proven.reportedAt !== null) await complete(proven);
    return { status: 'success' };
  }

  async function failed(taken: Taken, reason: string, details = {}): Promise<Ending> {
    await end.failed(taken, reason, details);
    return { status: 'failure', reason };
  }
}

/** Each item once and not empty, or the device throws the result away. */
function redirect(reply: FastifyReply, ending: Ending): FastifyReply {
  const code =
    ending.status === 'failure'
      ? `&error_code=${ERROR_CODES[ending.reason] ?? IDENTITY_REJECTED}`
      : '';
  return reply
    .code(302)
    .header('location', `messages-auth://?status=${ending.status}${code}`)
    .send();
}

function errorPage(reply: FastifyReply, languages: string | undefined): FastifyReply {
  return reply.code(400).type('text/html; charset=utf-8').send(callbackPage(languages));
}

/** The value of a parameter that is there exactly once and can be meant. */
function only(query: URLSearchParams, name: string): string | null {
  const [value, ...more] = query.getAll(name);
  const isUsable = value !== undefined && value !== '' && value.length <= LONGEST;
  return isUsable && more.length === 0 ? value : null;
}
