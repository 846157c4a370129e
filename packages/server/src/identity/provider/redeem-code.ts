import type { CheckLog, Refusal } from '../check-log.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import type { AskTokenEndpoint, TokenAnswer } from './ask-token-endpoint.ts';
import { clientMethod } from './client-authentication.ts';
import type { IdTokenContext } from './id-token.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import type { RedeemedCodes } from './redeemed-codes.ts';

export interface CodeToRedeem {
  code: string;
  redirectUri: string;
  codeVerifier: string | null;
}

/** The code's tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), or what the provider said instead. */
export async function redeemCode(
  grant: CodeToRedeem,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  {
    ask,
    redeemedCodes,
    log,
  }: { ask: AskTokenEndpoint; redeemedCodes: RedeemedCodes; log: CheckLog },
): Promise<IdTokenContext | Refusal> {
  const expected = `an ID token from ${metadata.tokenEndpoint}`;
  const usedBefore = redeemedCodes.seen(grant.code);
  const parameters = {
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: grant.redirectUri,
    ...(grant.codeVerifier === null ? {} : { code_verifier: grant.codeVerifier }),
  };
  const answer = await ask(parameters, setting, metadata);
  if (answer.outcome !== 'tokens')
    return log.refuse(
      'code',
      answer.outcome === 'unavailable' ? 'provider_unavailable' : 'code_refused',
      {
        observed: observedOf(answer),
        expected,
        hint: hintOf(answer, { grant, setting, metadata, usedBefore }),
      },
    );
  if (answer.idToken === null)
    return log.refuse('code', 'code_refused', {
      observed: 'an answer without ID token',
      expected,
      hint: 'The provider answered without an ID token: the sign-in must ask for the scope `openid`.',
    });
  log.pass('code', 'redeemed', expected);
  const { idToken, accessToken, expiresIn, refreshToken } = answer;
  return { idToken, accessToken, expiresIn, refreshToken };
}

export type NoTokens = Exclude<TokenAnswer, { outcome: 'tokens' }>;

export function observedOf(answer: NoTokens): string {
  if (answer.outcome !== 'refused') return answer.why;
  const { error, description } = answer;
  return description === null ? shown(error) : `${shown(error)}: ${shown(description)}`;
}

function hintOf(
  answer: NoTokens,
  context: {
    grant: CodeToRedeem;
    setting: OpenIdConnectSetting;
    metadata: ProviderMetadata;
    usedBefore: boolean;
  },
): string {
  const { grant, setting, metadata, usedBefore } = context;
  if (answer.outcome === 'refused' && answer.error === 'invalid_grant')
    return refusedCodeHint(grant, answer.description, usedBefore);
  return tokenEndpointHint(answer, setting, metadata) ?? neverOfCodes();
}

/** `invalid_grant` has several causes (RFC 6749 §5.2); those that can be told apart here are. */
function refusedCodeHint(
  { redirectUri, codeVerifier }: CodeToRedeem,
  description: string | null,
  usedBefore: boolean,
): string {
  if (usedBefore)
    return 'The provider refused the code: it was already sent here once, and a code counts once; begin a new sign-in instead of sending it again.';
  const says = description === null ? '' : ` (“${shown(description)}”)`;
  if (codeVerifier === null)
    return `The provider refused the code${says}: no \`codeVerifier\` was sent with it, which a sign-in with PKCE needs; else the code has expired, or \`redirectUri\` ${shown(redirectUri)} is not the sign-in's.`;
  return `The provider refused the code${says}: it has expired or was used elsewhere, or \`redirectUri\` ${shown(redirectUri)}, \`codeVerifier\` or the client is not that of the sign-in.`;
}

/** What is the same for every grant; null: the grant itself was refused. */
export function tokenEndpointHint(
  answer: NoTokens,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
): string | null {
  if (answer.outcome === 'unavailable')
    return `The provider's token endpoint ${metadata.tokenEndpoint} gave no usable answer: ${answer.why}.`;
  if (answer.outcome === 'not-sent')
    return `The client cannot prove itself to the provider: ${answer.why}; correct the setting ${setting.name}.`;
  const { error } = answer;
  if (error === 'invalid_grant') return null;
  const method = clientMethod(setting, metadata);
  if (error === 'invalid_client')
    return `The provider does not accept the client ${setting.clientId} ${PROOFS[method]}: compare the client id, ${COMPARED[method]} and the method ${method} with its registration.`;
  if (error === 'unauthorized_client')
    return `The client ${setting.clientId} may not use this flow: allow it at the provider.`;
  return `The provider refused with ${shown(error)}; its own log says why.`;
}

const PROOFS = {
  client_secret_basic: 'with this secret',
  client_secret_post: 'with this secret',
  private_key_jwt: 'with this private key',
  none: 'without a secret',
} as const;

const COMPARED = {
  client_secret_basic: 'the secret',
  client_secret_post: 'the secret',
  private_key_jwt: 'the public key, its `kid` (`privateKeyId`)',
  none: 'its being a public client',
} as const;

function neverOfCodes(): never {
  throw new Error('a refused code without a hint');
}
