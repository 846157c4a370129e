import type { CheckLog, Refusal } from '../check-log.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import type { IdTokenContext } from './id-token.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import type { CodeToRedeem, Redeemed } from './redeem-code.ts';

export interface FetchIdToken {
  redeem(
    grant: CodeToRedeem,
    setting: OpenIdConnectSetting,
    metadata: ProviderMetadata,
  ): Promise<Redeemed>;
  log: CheckLog;
}

/** The code's ID token, or what the provider said instead. */
export async function fetchIdToken(
  grant: CodeToRedeem,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  { redeem, log }: FetchIdToken,
): Promise<IdTokenContext | Refusal> {
  const expected = `an ID token from ${metadata.tokenEndpoint}`;
  const answer = await redeem(grant, setting, metadata).catch(
    (error: unknown): Redeemed => ({ outcome: 'unavailable', why: fetchProblem(error) }),
  );
  if (answer.outcome === 'unavailable')
    return log.refuse('code', 'provider_unavailable', {
      observed: answer.why,
      expected,
      hint: `The provider's token endpoint ${metadata.tokenEndpoint} gave no usable answer: ${answer.why}.`,
    });
  if (answer.outcome === 'refused') {
    const { error, description } = answer;
    const observed = description === null ? shown(error) : `${shown(error)}: ${shown(description)}`;
    return log.refuse('code', 'code_refused', {
      observed,
      expected,
      hint: refusalHint(error, setting),
    });
  }
  const { idToken, accessToken, expiresIn } = answer;
  if (idToken === null)
    return log.refuse('code', 'code_refused', {
      observed: 'an answer without ID token',
      expected,
      hint: 'The provider answered without an ID token: the sign-in must ask for the scope `openid`.',
    });
  log.pass('code', 'redeemed', expected);
  return { idToken, accessToken, expiresIn };
}

/** RFC 6749 §5.2, and what usually lies behind each error. */
function refusalHint(error: string, setting: OpenIdConnectSetting): string {
  if (error === 'invalid_grant')
    return "The provider refused the code: it was used before, has expired, or belongs to another `redirectUri`, `codeVerifier` or client; one of them differs from the sign-in's.";
  if (error === 'invalid_client')
    return `The provider does not accept the client ${setting.clientId} with this secret: compare both with its registration.`;
  if (error === 'unauthorized_client')
    return `The client ${setting.clientId} may not use the code flow: allow it at the provider.`;
  return `The provider refused the code with ${shown(error)}; its own log says why.`;
}
