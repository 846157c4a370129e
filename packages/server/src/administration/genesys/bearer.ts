import type { Identify } from '../identify.ts';
import type { AccessTokens } from './access-tokens.ts';

/** Who asks here: an API key, or the access token that stands for one. Cookies of people do not count. */
export const bearerIdentify =
  (identify: Identify, tokens: AccessTokens): Identify =>
  async ({ headers: { authorization } }) => {
    if (authorization === undefined) return null;
    const [, token = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    const key = token.split('.').length === 3 ? await tokens.keyOf(token) : null;
    if (key) return { kind: 'api-key', id: key.id, name: key.name, roles: key.roles };
    return identify({ headers: { authorization } });
  };
