import type { Outbound } from '../../platform/index.ts';
import type { CheckLog, Refusal } from '../check-log.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { AppleOauthSetting } from '../setting.ts';
import { type JsonObject, parseStrictText } from '../strict-json.ts';

export interface CodeToExchange {
  code: string;
  redirectUri: string;
  codeVerifier: string | null;
}

export interface ExchangedTokens {
  accessToken: string;
  idToken: string | null;
}

const TIMEOUT_MS = 10_000;
const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';

/** RFC 6749 §5.2. Anything else that stands there could be the code itself, and is not kept. */
const ERRORS = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]);

/**
 * The access token for a code (Apple Messages spec §9.4, step 3 and 4): one POST, 10 s, no redirect,
 * 64 KiB. Of what the provider says only its status and a standard error are kept.
 */
export async function exchangeCode(
  setting: AppleOauthSetting,
  toExchange: CodeToExchange,
  { outbound, log }: { outbound: Outbound; log: CheckLog },
): Promise<ExchangedTokens | Refusal> {
  const { accessTokenUrl: url } = setting;
  const refuse = (observed: string, hint: string): Refusal =>
    log.refuse('code', 'token_exchange_failed', {
      observed,
      expected: `an access token from ${url}`,
      hint,
    });
  const answer = await post(setting, toExchange, outbound);
  if ('why' in answer)
    return refuse(answer.why, `The access token URL ${url} gave no usable answer: ${answer.why}.`);
  const parsed = parseStrictText(answer.body);
  const body = 'value' in parsed ? parsed.value : null;
  if (answer.status !== 200) {
    const error = knownError(body);
    return refuse(
      error === null ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${error}`,
      hintOf(error, answer.status, setting, toExchange),
    );
  }
  if (body === null)
    return refuse('no JSON object', `The access token URL ${url} answered without a JSON object.`);
  const { access_token: accessToken, token_type: type, id_token: idToken } = body;
  if (typeof accessToken !== 'string' || accessToken === '')
    return refuse('no access_token', `The access token URL ${url} gave no \`access_token\`.`);
  if (type !== undefined && String(type).toLowerCase() !== 'bearer')
    return refuse(
      'another token_type',
      'The provider gave a token that is not a bearer token, and only those can be used.',
    );
  log.pass('code', 'redeemed', `an access token from ${url}`);
  return { accessToken, idToken: typeof idToken === 'string' ? idToken : null };
}

async function post(
  setting: AppleOauthSetting,
  { code, redirectUri, codeVerifier }: CodeToExchange,
  outbound: Outbound,
): Promise<{ status: number; body: string } | { why: string }> {
  const { clientId, clientSecret, accessTokenUrl } = setting;
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: clientId,
    ...(codeVerifier === null ? {} : { code_verifier: codeVerifier }),
  });
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': FORM };
  if (setting.clientAuthentication === 'client_secret_basic')
    headers.authorization = basic(clientId, clientSecret);
  else form.set('client_secret', clientSecret);
  try {
    const sent = { headers, timeoutMs: TIMEOUT_MS };
    const { status, body } = await outbound.post(accessTokenUrl, form.toString(), sent);
    return { status, body };
  } catch (error) {
    return { why: fetchProblem(error) };
  }
}

/** RFC 6749 §2.3.1: both parts are form-encoded first. */
function basic(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((part) =>
    new URLSearchParams({ part }).toString().slice('part='.length),
  );
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

function knownError(body: JsonObject | null): string | null {
  const error = body?.error;
  return typeof error === 'string' && ERRORS.has(error) ? error : null;
}

function hintOf(
  error: string | null,
  status: number,
  { clientId, accessTokenUrl }: AppleOauthSetting,
  { redirectUri, codeVerifier }: CodeToExchange,
): string {
  switch (error) {
    case 'invalid_client':
      return `The provider does not accept the client ${clientId}: compare the client id, which must be that at Apple's Register, and the client secret with its registration.`;
    case 'invalid_grant':
      return `The provider refused the code: it has expired or was used before, the client is not that of Apple's Register, ${redirectUri} is not the address it was given for${codeVerifier === null ? '' : ', or the provider lost the code challenge of the sign-in'}.`;
    case 'unauthorized_client':
      return `The client ${clientId} may not use the code flow: allow it at the provider.`;
    default:
      return `The access token URL ${accessTokenUrl} answered with HTTP ${status}; the provider's own log says why.`;
  }
}
