import { OUR_OAUTH_PARAMETERS } from '@countersign/protocol';
import { type AppleOauthSetting, publicKeyOf } from '../../../identity/index.ts';
import { codeChallenge, type SignInSecrets } from './secrets.ts';

/** §5.4, of all of Apple's own bubbles. */
const BID =
  'com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.apple.icloud.apps.messages.business.extension';

/** What stands on the bubble before and after. */
export interface SignInTexts {
  receivedMessage: string;
  replyMessage: string;
}

/** The body of `POST /authenticate` (§7.2, §9.2). The secret goes out in version 1 alone, as it must. */
export function requestBody(
  requestIdentifier: string,
  setting: AppleOauthSetting,
  secrets: SignInSecrets,
  { texts, redirectUri }: { texts: SignInTexts; redirectUri: string },
): Record<string, unknown> {
  const common = { responseType: 'code', scope: setting.scopes, state: secrets.state };
  const oauth2 =
    secrets.version === 1
      ? {
          ...common,
          clientSecret: setting.clientSecret,
          responseEncryptionKey: publicKeyOf(Buffer.from(secrets.scalar, 'base64')),
        }
      : { ...common, redirectURI: redirectUri, ...additional(setting, secrets) };
  return {
    type: 'interactive',
    interactiveData: {
      bid: BID,
      data: {
        version: secrets.version === 1 ? '1.0' : '2.0',
        requestIdentifier,
        authenticate: { oauth2 },
        ...(secrets.version === 1 && { images: [] }),
      },
      receivedMessage: { title: texts.receivedMessage },
      replyMessage: { title: texts.replyMessage },
    },
  };
}

function additional(
  { additionalParameters }: AppleOauthSetting,
  { verifier, nonce }: SignInSecrets & { version: 2 },
): { additionalParameters?: string } {
  const parameters = new URLSearchParams(additionalParameters ?? '');
  for (const name of OUR_OAUTH_PARAMETERS) parameters.delete(name);
  if (nonce !== null) parameters.set('nonce', nonce);
  if (verifier !== null) {
    parameters.set('code_challenge', codeChallenge(verifier));
    parameters.set('code_challenge_method', 'S256');
  }
  const text = parameters.toString();
  return text === '' ? {} : { additionalParameters: text };
}
