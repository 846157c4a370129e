import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { ApiKey, Configuration } from '../../configuration/index.ts';
import type { Http } from '../../platform/index.ts';
import { hashApiKey } from '../drafts.ts';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-tokens.ts';

const PATH = '/oauth/token';
const FORM = 'application/x-www-form-urlencoded';
const MAX_BODY_BYTES = 16 * 1024;

const Token = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer(),
});
const Refused = Type.Object({
  error: Type.String(),
  error_description: Type.String(),
  description: Type.String(),
});

export interface TokenRouteParts {
  http: Http;
  configuration: Configuration;
  tokens: AccessTokens;
}

/** The client credentials grant (RFC 6749 §4.4): the client is an API key, its secret the key itself. */
export async function tokenRoute({ http, configuration, tokens }: TokenRouteParts): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      FORM,
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(body.toString())),
    );
    const schema = { tags: ['Genesys'], response: { 200: Token, 400: Refused, 401: Refused } };
    scope.post(PATH, { schema }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const key = clientOf(configuration, request.headers.authorization);
      if (!key) {
        reply.header('www-authenticate', 'Basic realm="Countersign"');
        return refuse(reply, 401, 'invalid_client', 'No API key has this name and this secret.');
      }
      const grants = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      if (grants.get('grant_type') !== 'client_credentials') {
        const description = 'The grant_type is client_credentials.';
        return refuse(reply, 400, 'unsupported_grant_type', description);
      }
      return {
        access_token: await tokens.issue(key),
        token_type: 'bearer',
        expires_in: ACCESS_TOKEN_SECONDS,
      };
    });
  });
}

const refuse = (reply: FastifyReply, status: number, error: string, description: string) =>
  reply.code(status).send({ error, error_description: description, description });

/** Found by the hash of the secret: the time this takes says nothing about a key. */
function clientOf(configuration: Configuration, authorization = ''): ApiKey | null {
  const [, encoded = ''] = /^Basic +(\S+) *$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  const [client, secret] = [text.slice(0, colon), text.slice(colon + 1)];
  const keys = configuration.current().apiKeysByHash;
  const key = keys.get(hashApiKey(secret)) ?? keys.get(hashApiKey(unescaped(secret)));
  const names = [client, unescaped(client)];
  return key && (names.includes(key.name) || names.includes(key.id)) ? key : null;
}

/** RFC 6749 §2.3.1 has both parts form-encoded; many clients send them as they are. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
