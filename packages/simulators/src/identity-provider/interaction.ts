import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { findPerson, type Person, SAMPLE_PASSWORD } from '../people.ts';
import { readFields } from '../site/request.ts';
import { errorPage, type Page, signInPage } from './provider-pages.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** The provider's dialogue with the person: the sign-in page, and consent, which gives itself. */
export async function handleInteraction(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await interactionOf(provider, request, response);
  if (!interaction) return sendPage(response, 400, errorPage('session_not_found', undefined));
  if (interaction.prompt.name === 'consent') {
    return provider.interactionFinished(request, response, await consent(provider, interaction));
  }
  if (request.method === 'POST') {
    return signIn(provider, interaction, people, request, response);
  }
  return showSignIn(provider, interaction, people, response, { refused: false });
}

async function interactionOf(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Interaction | undefined> {
  try {
    return await provider.interactionDetails(request, response);
  } catch (cause) {
    if (cause instanceof errors.SessionNotFound) return undefined;
    throw cause;
  }
}

async function consent(provider: Provider, { params, session, grantId, prompt }: Interaction) {
  const known = grantId ? await provider.Grant.find(grantId) : undefined;
  const grant =
    known ??
    new provider.Grant({
      ...(session ? { accountId: session.accountId } : {}),
      clientId: String(params.client_id),
    });
  grant.addOIDCScope(String(params.scope));
  const claims = prompt.details.missingOIDCClaims;
  if (Array.isArray(claims)) grant.addOIDCClaims(claims.map(String));
  return { consent: { grantId: await grant.save() } };
}

async function signIn(
  provider: Provider,
  interaction: Interaction,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fields = await readFields(request);
  const options = { mergeWithLastSubmission: false };
  if (fields.has('cancel')) {
    const result = { error: 'access_denied', error_description: 'The person chose to cancel.' };
    return provider.interactionFinished(request, response, result, options);
  }
  const person = findPerson(people, fields.get('person'));
  if (!person || fields.get('password') !== SAMPLE_PASSWORD) {
    const chosen = fields.get('person');
    return showSignIn(provider, interaction, people, response, { refused: true, chosen });
  }
  const login = { accountId: person.id, amr: ['pwd'] };
  return provider.interactionFinished(request, response, { login }, options);
}

async function showSignIn(
  provider: Provider,
  { params }: Interaction,
  people: readonly Person[],
  response: ServerResponse,
  state: { refused: boolean; chosen?: string | null },
): Promise<void> {
  const client = await provider.Client.find(String(params.client_id));
  const hint = params.login_hint;
  const page = signInPage({
    people,
    clientName: client?.clientName ?? 'the shop',
    redirectUri: String(params.redirect_uri),
    chosen: state.chosen ?? (typeof hint === 'string' ? hint : null),
    refused: state.refused,
  });
  sendPage(response, state.refused ? 422 : 200, page);
}

function sendPage(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, page.headers).end(page.body);
}
