import type { CheckLog, Refusal } from '../check-log.ts';
import type { CodeGrant } from '../index.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import type { CodeToRedeem } from './redeem-code.ts';

/** A sign-in that the client brought back, of one of its two kinds. */
export type WellFormedGrant =
  | ({ kind: 'code' } & CodeToRedeem)
  | { kind: 'id-token'; idToken: string };

const CODE_VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;
const LONGEST_CODE = 4096;

/** Guest API §9.1: exactly one of `code` and `idToken`, with what each needs. Nothing is sent before. */
export function checkGrant(
  grant: CodeGrant,
  setting: OpenIdConnectSetting,
  log: CheckLog,
): WellFormedGrant | Refusal {
  const { code, idToken } = grant;
  if ((code === undefined) === (idToken === undefined))
    return log.refuse('grant', 'malformed', {
      observed: code === undefined ? 'neither code nor idToken' : 'code and idToken',
      expected: 'exactly one of code and idToken',
      hint: 'Send either the authorization `code` or the `idToken`, and not both.',
    });
  if (idToken !== undefined) return checkImplicit(idToken, grant, setting, log);
  return checkCode(code ?? '', grant, log);
}

function checkImplicit(
  idToken: string,
  grant: CodeGrant,
  setting: OpenIdConnectSetting,
  log: CheckLog,
): WellFormedGrant | Refusal {
  if (!setting.implicitFlow)
    return log.refuse('grant', 'implicit_flow_off', {
      observed: 'idToken',
      expected: 'code',
      hint: `The setting ${setting.name} does not allow the implicit flow; send a \`code\`, or switch it on.`,
    });
  if (grant.nonce === undefined)
    return log.refuse('grant', 'nonce', {
      observed: 'idToken without nonce',
      expected: 'idToken and nonce',
      hint: 'An `idToken` needs the `nonce` of its sign-in beside it (OpenID Connect Core §3.2.2.1).',
    });
  log.pass('grant', 'idToken', 'exactly one of code and idToken');
  return { kind: 'id-token', idToken };
}

function checkCode(code: string, grant: CodeGrant, log: CheckLog): WellFormedGrant | Refusal {
  const problem = codeProblem(code, grant);
  if (problem !== null)
    return log.refuse('grant', 'malformed', {
      observed: problem,
      expected: 'code, redirectUri, codeVerifier',
      hint: `The sign-in cannot be redeemed: ${problem}.`,
    });
  // RFC 9700 §2.1.1: a code that neither PKCE nor a nonce binds could be another browser's.
  if (grant.codeVerifier === undefined && grant.nonce === undefined)
    return log.refuse('grant', 'code_refused', {
      observed: 'neither codeVerifier nor nonce',
      expected: 'codeVerifier, or at least nonce',
      hint: 'Use PKCE and send `codeVerifier` with the code: without it a stolen code could be used here.',
    });
  log.pass('grant', grant.codeVerifier === undefined ? 'code, nonce' : 'code, codeVerifier');
  const redirectUri = grant.redirectUri ?? '';
  return { kind: 'code', code, redirectUri, codeVerifier: grant.codeVerifier ?? null };
}

function codeProblem(code: string, { redirectUri, codeVerifier }: CodeGrant): string | null {
  if (code === '' || code.length > LONGEST_CODE) return `\`code\` has ${code.length} characters`;
  if (redirectUri === undefined || redirectUri === '') return '`redirectUri` is missing';
  if (codeVerifier !== undefined && !CODE_VERIFIER.test(codeVerifier))
    return '`codeVerifier` is not 43 to 128 unreserved characters (RFC 7636 §4.1)';
  return null;
}
