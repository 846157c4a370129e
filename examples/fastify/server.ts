// node server.ts
import { readFileSync } from 'node:fs';
import { createSiteKit, fastifyRoutes } from '@countersign/site-kit';
import {
  contentSecurityPolicy,
  customerOf,
  readPage,
  signedIn,
  signedOut,
} from '@countersign-example/sample-site';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';

const {
  PORT = '3000',
  PUBLIC = '../plain/public',
  CHAT_NODE_URL = 'http://127.0.0.1:8080',
  CHAT_DEPLOYMENT_ID = '',
  CHAT_KEY_FILE = 'chat-keys/2026-q4.pem',
} = process.env;

const chat = createSiteKit({
  issuer: 'shop.example',
  audience: 'countersign',
  keys: [{ id: '2026-q4', privateKey: readFileSync(CHAT_KEY_FILE) }],
});

const app = Fastify();

// Answers /chat-token and /chat-keys. Behind the plugin of your session, such as @fastify/session
await app.register(
  fastifyRoutes(chat, {
    customerOf(request: FastifyRequest) {
      const customer = customerOf(request.headers.cookie);
      if (!customer) return null;
      const { id, givenName, familyName, email, cartValue } = customer;
      return { id, givenName, familyName, email, facts: { cartValue } };
    },
  }),
);

// A form's body, which nothing here reads
app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
  payload.resume().once('end', () => done(null));
});
const sendBack = (cookie: () => string) => (_request: FastifyRequest, reply: FastifyReply) =>
  reply.header('set-cookie', cookie()).redirect('/', 303);
app.post('/sign-in', sendBack(signedIn));
app.post('/sign-out', sendBack(signedOut));
app.get('/*', async (request, reply) => {
  const settings = { nodeUrl: CHAT_NODE_URL, deploymentId: CHAT_DEPLOYMENT_ID };
  const page = readPage(PUBLIC, request.url, settings);
  if (!page) return reply.callNotFound();
  reply.header('content-security-policy', contentSecurityPolicy(CHAT_NODE_URL));
  return reply.type(page.type).send(page.body);
});

console.log(`A shop: ${await app.listen({ port: Number(PORT), host: '127.0.0.1' })}`);
