// node server.ts
import { readFileSync } from 'node:fs';
import { createSiteKit, expressHandlers } from '@countersign/site-kit';
import {
  contentSecurityPolicy,
  customerOf,
  readPage,
  signedIn,
  signedOut,
} from '@countersign-example/sample-site';
import express, { type Request } from 'express';

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

const app = express();

// Answers /chat-token and /chat-keys. Behind the middleware of your session, such as express-session
app.use(
  expressHandlers(chat, {
    customerOf(request: Request) {
      const customer = customerOf(request.headers.cookie);
      if (!customer) return null;
      const { id, givenName, familyName, email, cartValue } = customer;
      return { id, givenName, familyName, email, facts: { cartValue } };
    },
  }),
);

app.post('/sign-in', (_request, response) => {
  response.setHeader('set-cookie', signedIn());
  response.redirect(303, '/');
});
app.post('/sign-out', (_request, response) => {
  response.setHeader('set-cookie', signedOut());
  response.redirect(303, '/');
});
app.use((request, response, next) => {
  const settings = { nodeUrl: CHAT_NODE_URL, deploymentId: CHAT_DEPLOYMENT_ID };
  const page = readPage(PUBLIC, request.path, settings);
  if (!page) return next();
  response.setHeader('content-security-policy', contentSecurityPolicy(CHAT_NODE_URL));
  response.type(page.type).send(page.body);
});

app.listen(Number(PORT), '127.0.0.1', () => console.log(`A shop: http://127.0.0.1:${PORT}`));
