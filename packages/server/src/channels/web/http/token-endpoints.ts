import {
  CodeExchangeRequest,
  RefreshRequest,
  SignedTokenExchangeRequest,
  SiteFaultReport,
  type TokenResponse,
} from '@countersign/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Deployment, isOriginAllowed } from '../../../configuration/index.ts';
import type { CodeGrant, Verdict } from '../../../identity/index.ts';
import type { WebContext } from '../context.ts';
import { allowPages, bearerOf } from './guest-routes.ts';
import { badRequest, RestFault } from './rest-error.ts';

const ROOT = '/api/v2/webdeployments/token';
const CODE_EXCHANGE = `${ROOT}/oauthcodegrantjwtexchange`;
const SIGNED_TOKEN_EXCHANGE = `${ROOT}/signedtokenexchange`;
const REFRESH = `${ROOT}/refresh`;
const REVOKE = `${ROOT}/revoke`;
const SITE_FAULT = `${ROOT}/sitefault`;

const readCodeExchange = bodyReader(CodeExchangeRequest);
const readSignedTokenExchange = bodyReader(SignedTokenExchangeRequest);
const readRefresh = bodyReader(RefreshRequest);
const readSiteFault = bodyReader(SiteFaultReport);

/** Proofs against our own tokens (§9): exchange, refresh, revoke. */
export function serveTokens(parent: FastifyInstance, context: WebContext): void {
  const { identity, limiter, sessions } = context;
  void parent.register(async (scope) => {
    allowPages(scope, context, [CODE_EXCHANGE, SIGNED_TOKEN_EXCHANGE, REFRESH, REVOKE, SITE_FAULT]);

    scope.post(CODE_EXCHANGE, async (request) => {
      const body = readCodeExchange(request.body);
      const grant = codeGrant(body.oauth);
      const deployment = deploymentFor(context, request, body.deploymentId);
      const { setting } = deployment;
      const source = { deploymentId: deployment.id, channel: 'web' };
      const verdict =
        setting?.type === 'openid-connect'
          ? await identity.proveOpenIdConnect(setting, grant, source)
          : await identity.refuseMissingSetting('openid-connect', source);
      return exchange(context, deployment, verdict);
    });

    scope.post(SIGNED_TOKEN_EXCHANGE, async (request) => {
      const body = readSignedTokenExchange(request.body);
      const deployment = deploymentFor(context, request, body.deploymentId);
      const { setting } = deployment;
      const source = { deploymentId: deployment.id, channel: 'web' };
      const verdict =
        setting?.type === 'signed-token'
          ? await identity.proveSignedToken(setting, body.token, source)
          : await identity.refuseMissingSetting('signed-token', source);
      return exchange(context, deployment, verdict);
    });

    scope.post(REFRESH, async (request): Promise<TokenResponse> => {
      const { refreshToken, deploymentId } = readRefresh(request.body);
      return await sessions.refresh(refreshToken, deploymentId ?? undefined);
    });

    scope.post(SITE_FAULT, async (request): Promise<never> => {
      const { deploymentId, fault } = readSiteFault(request.body);
      const deployment = deploymentFor(context, request, deploymentId);
      limiter.spendFor('siteFaultsPerDeployment', deployment.id);
      const source = { deploymentId: deployment.id, channel: 'web' };
      throw refused(await identity.reportSiteFault(deployment.setting, fault, source));
    });

    scope.delete<{ Querystring: Record<string, unknown> }>(REVOKE, async (request, reply) => {
      await sessions.revoke(bearerOf(request), revokeScope(request.query.scope));
      return reply.code(204).send();
    });
  });
}

/** Unknown scopes are refused: a wider or narrower sign-out than was meant would be a surprise. */
function revokeScope(given: unknown): 'everywhere' | 'device' {
  if (given === undefined || given === 'everywhere') return 'everywhere';
  if (given === 'device') return given;
  throw badRequest('scope is device or everywhere.');
}

/** The same answer whatever was wrong; the reference leads the administrator to the reason. */
async function exchange(
  { contacts, sessions }: WebContext,
  deployment: Deployment,
  verdict: Verdict,
): Promise<TokenResponse> {
  if (verdict.outcome === 'refused') throw refused(verdict);
  const contact = await contacts.ofIdentity(verdict.identity);
  const { jwt, refreshToken } = await sessions.grant(
    deployment,
    verdict.identity,
    contact.id,
    verdict.providerRefreshToken,
  );
  return { jwt, ...(refreshToken !== undefined && { refreshToken }) };
}

/** The same answer whatever was wrong; the reference leads the administrator to the reason. */
function refused({ reference }: Verdict): RestFault {
  const message = `Sign-in was refused. Reference ${reference}.`;
  return new RestFault('authentication.failed', 401, message, reference);
}

function deploymentFor(context: WebContext, request: FastifyRequest, id: string): Deployment {
  const deployment = context.configuration.current().deployments.get(id.toLowerCase());
  if (deployment?.status !== 'Active') {
    throw new RestFault('deployment.not.found', 404, 'No such deployment.');
  }
  // Programs other than browsers send no origin here; what they bring must prove itself either way
  const { origin } = request.headers;
  if (origin !== undefined && !isOriginAllowed(deployment, origin, context.publicUrl)) {
    throw new RestFault('origin.not.allowed', 403, 'This page may not use the deployment.');
  }
  return deployment;
}

function codeGrant(oauth: CodeExchangeRequest['oauth']): CodeGrant {
  const { code, idToken, redirectUri, codeVerifier, nonce, maxAge, iss } = oauth;
  if (Boolean(code) === Boolean(idToken))
    throw badRequest('Give either oauth.code or oauth.idToken.');
  if (code && !redirectUri) throw badRequest('oauth.redirectUri is required with oauth.code.');
  return {
    ...(code && { code }),
    ...(idToken && { idToken }),
    ...(redirectUri && { redirectUri }),
    ...(codeVerifier && { codeVerifier }),
    ...(nonce && { nonce }),
    ...(maxAge != null && { maxAge: Number(maxAge) }),
    ...(iss && { iss }),
  };
}

/** Fault `bad.request` 400 names the member and never its value, which may be a secret. */
function bodyReader<Schema extends TSchema>(schema: Schema) {
  const compiled = Compile(schema);
  const isOf = (value: unknown): value is Static<Schema> => compiled.Check(value);
  return (value: unknown): Static<Schema> => {
    if (isOf(value)) return value;
    const [first] = compiled.Errors(value);
    throw badRequest(`Body ${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}.`);
  };
}
