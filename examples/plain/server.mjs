// node server.mjs
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSiteKit, nodeHandler } from '@countersign/site-kit';
import {
  contentSecurityPolicy,
  customerOf,
  readPage,
  signedIn,
  signedOut,
} from '@countersign-example/sample-site';

const {
  PORT = '3000',
  PUBLIC = 'public',
  CHAT_NODE_URL = 'http://127.0.0.1:8080',
  CHAT_DEPLOYMENT_ID = '',
  CHAT_KEY_FILE = 'chat-keys/2026-q4.pem',
} = process.env;

const chat = createSiteKit({
  issuer: 'shop.example',
  audience: 'countersign',
  keys: [{ id: '2026-q4', privateKey: readFileSync(CHAT_KEY_FILE) }],
});

/** Answers /chat-token and /chat-keys. */
const handleChat = nodeHandler(chat, {
  customerOf({ headers }) {
    const customer = customerOf(headers.cookie);
    if (!customer) return null;
    const { id, givenName, familyName, email, cartValue } = customer;
    return { id, givenName, familyName, email, facts: { cartValue } };
  },
});

createServer(async (request, response) => {
  try {
    if (!(await handleChat(request, response))) handleSite(request, response);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}).listen(Number(PORT), '127.0.0.1', () => console.log(`A shop: http://127.0.0.1:${PORT}`));

/** The rest of the site. */
function handleSite(request, response) {
  const route = `${request.method} ${request.url}`;
  if (route === 'POST /sign-in') sendBack(response, signedIn());
  else if (route === 'POST /sign-out') sendBack(response, signedOut());
  else if (route === 'GET /me') {
    const customer = customerOf(request.headers.cookie);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ name: customer?.givenName ?? null }));
  } else {
    const settings = { nodeUrl: CHAT_NODE_URL, deploymentId: CHAT_DEPLOYMENT_ID };
    const page = readPage(PUBLIC, request.url, settings);
    if (!page) return response.writeHead(404).end();
    response.setHeader('content-security-policy', contentSecurityPolicy(CHAT_NODE_URL));
    response.writeHead(200, { 'content-type': page.type }).end(page.body);
  }
}

function sendBack(response, cookie) {
  response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
}
