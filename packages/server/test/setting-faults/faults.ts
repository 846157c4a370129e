// What goes wrong when people set up a sign-in, each with the cause that its attempt has to name.
import { createHmac, randomUUID } from 'node:crypto';
import {
  pkce,
  publicKeyArray,
  type SigningKey,
  signInAt,
  signToken,
} from '@countersign/simulators';
import type { FaultWorld } from './fault-world.ts';

export interface SettingFault {
  name: string;
  /** Keys of the setting that are wrong; the rest is right. */
  setting: Record<string, unknown> & { type: 'openid-connect' | 'signed-token' };
  /** The deployment's sign-in is off. */
  off?: boolean;
  /** What the client hands over. */
  proof(world: FaultWorld): Promise<object>;
  reason: string;
  /** The remedy: one sentence that leads to the cause. */
  says: RegExp;
}

const REDIRECT_URI = 'https://shop.example/signed-in';
type Grant = Record<string, unknown> & { code: string };

/** A sign-in at the provider as a right page does it. */
async function codeGrant(world: FaultWorld): Promise<Grant> {
  const { codeVerifier, codeChallenge } = pkce();
  const nonce = randomUUID();
  const { code, iss } = await signInAt(world.provider, {
    ...{ clientId: 'countersign', redirectUri: REDIRECT_URI, codeChallenge, nonce },
  });
  return { code, iss, nonce, redirectUri: REDIRECT_URI, codeVerifier };
}

const openId = (
  name: string,
  setting: Record<string, unknown>,
  reason: string,
  says: RegExp,
  change: (grant: Grant, world: FaultWorld) => object | Promise<object> = (grant) => grant,
): SettingFault => ({
  ...{ name, reason, says },
  setting: { type: 'openid-connect', ...setting },
  proof: async (world) => ({ oauth: await change(await codeGrant(world), world) }),
});

type Claims = Record<string, unknown>;

const token = (
  name: string,
  setting: Record<string, unknown>,
  reason: string,
  says: RegExp,
  sign: (world: FaultWorld, claims: Claims) => string = ({ key }, claims) => signToken(key, claims),
): SettingFault => ({
  ...{ name, reason, says },
  setting: { type: 'signed-token', ...setting },
  async proof(world) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'shop.example', aud: 'countersign', sub: 'u-1', iat: now };
    return { token: sign(world, { ...claims, exp: now + 900 }) };
  },
});

const later = (claims: Claims, seconds: number): Claims => ({
  ...claims,
  iat: Number(claims.iat) + seconds,
  exp: Number(claims.exp) + seconds,
});

export const openIdFaults: SettingFault[] = [
  openId(
    'wrong client secret',
    { clientSecret: 'another-secret' },
    'code_refused',
    /secret.*registration/,
  ),
  openId(
    'client id that the provider does not know',
    { clientId: 'counter-sign' },
    'code_refused',
    /counter-sign.*registration/,
  ),
  openId('redirect URI of another page', {}, 'code_refused', /redirectUri/, (grant) => ({
    ...grant,
    redirectUri: `${REDIRECT_URI}/`,
  })),
  openId('code used twice', {}, 'code_refused', /already sent here/, async (grant, world) => {
    await world.exchange('right', { oauth: grant });
    return grant;
  }),
  openId('code verifier of another sign-in', {}, 'code_refused', /codeVerifier/, (grant) => ({
    ...grant,
    codeVerifier: pkce().codeVerifier,
  })),
  openId('code without verifier and nonce', {}, 'code_refused', /PKCE/, (grant) => ({
    ...grant,
    codeVerifier: undefined,
    nonce: undefined,
  })),
  openId(
    'scope without openid',
    { discoveryUri: 'SITE/oauth-only/.well-known/openid-configuration' },
    'code_refused',
    /scope `openid`/,
    (grant) => ({ ...grant, iss: undefined }),
  ),
  openId('nonce of another sign-in', {}, 'nonce', /nonce/, (grant) => ({
    ...grant,
    nonce: randomUUID(),
  })),
  openId('page does not pass iss on', {}, 'issuer', /pass it on as `iss`/, (grant) => ({
    ...grant,
    iss: undefined,
  })),
  openId('discovery document of another tenant', { discoveryUri: 'TENANT' }, 'issuer', /issuer/),
  openId(
    'discovery URI with a typing error',
    { discoveryUri: 'PROVIDER/.well-known/openid-configuratoin' },
    'provider_unavailable',
    /404/,
  ),
  openId(
    'provider that does not answer',
    { discoveryUri: 'http://127.0.0.1:9/.well-known/openid-configuration' },
    'provider_unavailable',
    /cannot be reached/,
  ),
];

export const tokenFaults: SettingFault[] = [
  token("site's clock is ahead", {}, 'issued_in_future', /ahead|future/, ({ key }, claims) =>
    signToken(key, later(claims, 300)),
  ),
  token('token that was kept too long', {}, 'expired', /in the past/, ({ key }, claims) =>
    signToken(key, later(claims, -3600)),
  ),
  token('token that lives too long', {}, 'lifetime', /86400|24 h|1 day/, ({ key }, claims) =>
    signToken(key, { ...claims, exp: Number(claims.iat) + 7 * 86_400 }),
  ),
  token('issuer with a slash too many', { issuer: 'shop.example/' }, 'issuer', /slash at the end/),
  token('audience of something else', { audience: 'chat' }, 'audience', /aud/),
  token('key that nobody published', {}, 'key_unknown', /publish the key/, ({ other }, claims) =>
    signToken({ ...other, kid: 'not-published' }, claims),
  ),
  token('another key under the same kid', {}, 'bad_signature', /private key/, (world, claims) =>
    signToken({ ...world.other, kid: world.key.kid }, claims),
  ),
  token(
    'no kid where several keys are published',
    { publicKeyUrl: 'SITE/several' },
    'key_unknown',
    /kid/,
    ({ key }, claims) => signToken(key, claims, { kid: undefined }),
  ),
  token('key entry that has expired', { publicKeyUrl: 'SITE/expired' }, 'key_unusable', /expir/),
  token('PEM with a lost character', { publicKeyUrl: 'SITE/damaged' }, 'key_unusable', /read|PEM/),
  token('sign-in page in place of keys', { publicKeyUrl: 'SITE/html' }, 'keys_unavailable', /HTML/),
  token('key URL that is not there', { publicKeyUrl: 'SITE/nothing' }, 'keys_unavailable', /404/),
  token('key URL that redirects', { publicKeyUrl: 'SITE/moved' }, 'keys_unavailable', /redirect/),
  token(
    'key URL on a private address',
    { publicKeyUrl: 'https://10.0.0.7/keys' },
    'keys_unavailable',
    /COUNTERSIGN_ALLOW_PRIVATE_HOSTS/,
  ),
  token('token signed with HS256', {}, 'alg_not_allowed', /RS256/, hs256),
  token('encrypted token', {}, 'malformed', /five|5|encrypted/, () => 'e30.e30.e30.e30.e30'),
  {
    ...token('sign-in that is not switched on', {}, 'setting_missing', /publish/),
    off: true,
  },
];

function hs256({ key }: FaultWorld, claims: Claims): string {
  const input = [{ alg: 'HS256', typ: 'JWT', kid: key.kid }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${createHmac('sha256', key.publicKeyPem).update(input).digest('base64url')}`;
}

const json = (value: unknown) => JSON.stringify(value);

/** What stands at the site's key URLs. */
export const pagesOf = (key: SigningKey, other: SigningKey): Record<string, string> => ({
  '/keys': json({ keys: [key.jwk] }),
  '/several': json({ keys: [key.jwk, other.jwk] }),
  '/expired': json(publicKeyArray([{ key, expiry: Math.floor(Date.now() / 1000) - 60 }])),
  '/damaged': key.publicKeyPem.replace(/^(-----BEGIN PUBLIC KEY-----\n.{20})./, '$1'),
  '/html': '<!doctype html><html><title>Sign in</title></html>',
});
