import type { Outbound } from '../../platform/index.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { isObject, type JsonObject } from '../strict-json.ts';
import { authenticateClient } from './client-authentication.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

/** The provider's answer. `unavailable`: none that can be understood, or one to ask again for. */
export type TokenAnswer =
  | {
      outcome: 'tokens';
      idToken: string | null;
      accessToken: string | null;
      /** Seconds. */
      expiresIn: number | null;
      refreshToken: string | null;
    }
  | { outcome: 'refused'; error: string; description: string | null }
  | { outcome: 'unavailable'; why: string }
  /** The setting cannot prove the client, so nothing was sent. */
  | { outcome: 'not-sent'; why: string };

/** `parameters`: those of the grant. Never throws. */
export type AskTokenEndpoint = (
  parameters: Record<string, string>,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
) => Promise<TokenAnswer>;

/**
 * One request to a token endpoint (RFC 6749 §3.2). It is written here, not left to the library's
 * grants, because those would also judge the ID token and tell less of why.
 */
export const tokenEndpoint =
  (deps: { outbound: Outbound; signal: AbortSignal; nowMs: number }): AskTokenEndpoint =>
  async (parameters, setting, metadata) => {
    const body = new URLSearchParams(parameters);
    const headers = new Headers({ accept: 'application/json' });
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    const problem = await authenticateClient({ headers, body }, setting, metadata, deps.nowMs);
    if (problem !== null) return { outcome: 'not-sent', why: problem.problem };
    try {
      const answer = await deps.outbound.fetch(metadata.tokenEndpoint, {
        method: 'POST',
        headers,
        body: body.toString(),
        redirect: 'manual',
        signal: deps.signal,
      });
      return readAnswer(answer.status, await answer.text());
    } catch (error) {
      return { outcome: 'unavailable', why: fetchProblem(error) };
    }
  };

const TOO_MANY_REQUESTS = 429;
/** These say that the provider cannot answer now, whatever the status (RFC 6749 §4.1.2.1). */
const PASSING_ERRORS = ['server_error', 'temporarily_unavailable'];

function readAnswer(status: number, text: string): TokenAnswer {
  const answer = parseObject(text);
  const error = stringOf(answer?.error);
  const judged = status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;
  if (judged && error !== null && !PASSING_ERRORS.includes(error))
    return { outcome: 'refused', error, description: stringOf(answer?.error_description) };
  if (status !== 200) return { outcome: 'unavailable', why: `HTTP ${status}` };
  if (answer === null) return { outcome: 'unavailable', why: notJson(text) };
  const expiresIn = Number(answer.expires_in ?? Number.NaN);
  return {
    outcome: 'tokens',
    idToken: stringOf(answer.id_token),
    accessToken: stringOf(answer.access_token),
    expiresIn: expiresIn > 0 && Number.isFinite(expiresIn) ? expiresIn : null,
    refreshToken: stringOf(answer.refresh_token) || null,
  };
}

const notJson = (text: string): string =>
  text.trimStart().startsWith('<')
    ? 'it answered with an HTML page instead of JSON'
    : 'its answer is not a JSON object';

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
