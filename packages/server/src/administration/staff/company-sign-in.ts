import type { Logger } from 'pino';
import { Type } from 'typebox';
import { Fault, type Http, type Outbound } from '../../platform/index.ts';
import { createForward, passOn, takeCookies } from './forward.ts';
import { createStaffAuth, type StaffAuth, type StaffAuthOptions } from './staff-auth.ts';

/** The company's own OpenID provider, as its operator names it. */
export interface CompanyProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button says. */
  name: string;
}

export interface CompanySignIn {
  name: string;
  routes(http: Http): void;
}

export interface CompanySignInParts {
  provider: CompanyProvider;
  auth: StaffAuthOptions;
  outbound: Outbound;
  log: Logger;
}

export const PROVIDER_ID = 'company';

/** Where in the console a person comes back to: a path of its own, nothing else. */
const Begin = Type.Object({
  returnTo: Type.Optional(Type.String({ pattern: '^/([\\w-]+/?)*$', maxLength: 200 })),
});
const STATE = ['.state', '.oauth_state'];

/**
 * Sign-in at the company's provider: code flow with PKCE, state and nonce. A person is who has the
 * verified e-mail address in the configuration; nobody is created. An instance of the library by
 * itself, since it asks the provider when it is made: one that hangs holds up nobody else (K12).
 */
export function createCompanySignIn(parts: CompanySignInParts): CompanySignIn {
  const { provider, auth, log } = parts;
  let opened: Promise<StaffAuth> | undefined;
  const open = () => {
    opened ??= openCompanyAuth(parts).catch((cause: unknown) => {
      // Tried anew with the next sign-in
      opened = undefined;
      log.warn({ part: 'staff', err: cause }, "the company's sign-in cannot be reached");
      const sentence = "The company's sign-in does not answer. Try again, or use another way.";
      throw new Fault('company_unreachable', 502, sentence, { cause });
    });
    return opened;
  };
  const forward = createForward(open, auth.publicUrl);
  return {
    name: provider.name,
    routes(http) {
      http.post('/auth/company', { schema: { body: Begin } }, async (request, reply) => {
        const returnTo = request.body.returnTo ?? '/';
        const body = {
          provider: PROVIDER_ID,
          callbackURL: returnTo,
          errorCallbackURL: '/',
          disableRedirect: true,
        };
        const answer = await forward(request, { path: '/sign-in/social', body, cookies: [] });
        if (!answer.ok) throw new Fault('forbidden', 403, 'This page may not ask for that.');
        takeCookies(reply, answer);
        const { url }: { url: string } = await answer.json();
        return { url };
      });
      http.get<{ Querystring: Record<string, string> }>(
        `/auth/callback/${PROVIDER_ID}`,
        async (request, reply) =>
          passOn(reply, await forward(request, { query: request.query, cookies: STATE })),
      );
    },
  };
}

const Discovery = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;

/**
 * What the provider says of itself is first read through the guard of outbound requests: no private
 * address that is not allowed, no other issuer than the one that is set.
 */
async function openCompanyAuth({ provider, auth, outbound }: CompanySignInParts) {
  const { issuer, clientId, clientSecret } = provider;
  const discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { status, body } = await outbound.get(discoveryUrl);
  const document: Record<string, unknown> = status === 200 ? JSON.parse(body) : {};
  if (document.issuer !== issuer) throw new Error(`the document of ${issuer} names another issuer`);
  for (const name of Discovery) {
    if (typeof document[name] !== 'string') throw new Error(`${issuer} names no ${name}`);
  }
  const { genericOAuth } = await import('better-auth/plugins/generic-oauth');
  const plugin = genericOAuth({
    config: [
      {
        providerId: PROVIDER_ID,
        name: provider.name,
        discoveryUrl,
        requireIdTokenVerification: true,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        disableSignUp: true,
      },
    ],
  });
  return createStaffAuth(auth, [plugin]);
}
