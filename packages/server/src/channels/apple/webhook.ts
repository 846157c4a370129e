/**
 * `POST /channels/apple/message`: everything that Apple tells, for all accounts. The checks and their
 * statuses are in the order of spec/apple-messages-for-business.md §3.3; nothing is stored before the last.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppleAccount } from '../../configuration/index.ts';
import { Fault } from '../../platform/index.ts';
import { accountOf, normalBusinessId } from './business-id.ts';
import { isGatewayToken } from './gateway-token.ts';
import type { AppleParts } from './parts.ts';
import { readBody } from './read-body.ts';
import { type InboundMessage, readMessage } from './read-message.ts';

const PATH = '/channels/apple/message';
const MAX_BODY_BYTES = 1024 * 1024;
const BEARER = /^Bearer +(\S+)$/i;

export interface WebhookParts extends Pick<AppleParts, 'http' | 'configuration' | 'clock'> {
  /** Resolves once it is stored. */
  receive(account: AppleAccount, message: InboundMessage): Promise<void>;
}

export function serveWebhook(parts: WebhookParts): void {
  void parts.http.register(async (scope: FastifyInstance) => {
    const accounts = new WeakMap<FastifyRequest, AppleAccount>();
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler(refuse);
    // Before the body is read: who has no right to be heard costs no memory
    scope.addHook('onRequest', async (request) => {
      if (request.method !== 'POST') throw new Fault('not_found', 405, 'Only POST is taken.');
      accounts.set(request, admit(request, parts));
    });
    const others = ['GET', 'PUT', 'PATCH', 'DELETE'];
    scope.route({ method: others, url: PATH, schema: { hide: true }, handler: () => {} });
    scope.post(PATH, { schema: { hide: true } }, async (request, reply) => {
      const account = accounts.get(request);
      if (!account) throw new Error('a request that was not admitted');
      await parts.receive(account, await read(request, account));
      return reply.code(200).send();
    });
  });
}

/** Steps 2 to 4. Faults: 401, 404, 403. */
function admit(request: FastifyRequest, { configuration, clock }: WebhookParts): AppleAccount {
  const [, token] = BEARER.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw new Fault('unauthenticated', 401, 'A token is expected.');
  const businessId = headerOf(request, 'destination-id') ?? '';
  const account = accountOf(configuration.current().appleAccounts, businessId);
  if (!account) throw new Fault('not_found', 404, 'No such account.');
  if (!isGatewayToken(token, account, clock.now()))
    throw new Fault('forbidden', 403, 'The token is not valid.');
  return account;
}

/** Steps 5 and 6. Faults: 413, 400. */
async function read(request: FastifyRequest, account: AppleAccount): Promise<InboundMessage> {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const body = await readBody(bytes, headerOf(request, 'content-encoding'));
  const headers = {
    id: headerOf(request, 'id'),
    sourceId: headerOf(request, 'source-id'),
    capabilities: headerOf(request, 'capability-list') ?? headerOf(request, 'capabilities'),
    deviceAgent: headerOf(request, 'device-agent'),
  };
  const ours = normalBusinessId(account.businessId);
  return readMessage(body, headers, (businessId) => normalBusinessId(businessId) === ours);
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Apple reads the status alone. */
function refuse(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error instanceof Fault ? error.status : (error.statusCode ?? 500);
  const isOurs = status >= 500;
  if (isOurs) request.log.error({ err: error }, 'apple: a message could not be stored');
  reply.code(isOurs ? 503 : status).send();
}
