// node chat.ts
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import {
  type ChatMessage,
  memoryStore,
  NoProof,
  type Proof,
  Transport,
} from '@countersign/transport';

const {
  CHAT_NODE_URL = 'http://127.0.0.1:8080',
  CHAT_DEPLOYMENT_ID = '',
  /** Your server's route that signs tokens, and the session that it knows the customer by. */
  CHAT_TOKEN_URL = 'http://127.0.0.1:3000/chat-token',
  CHAT_COOKIE = '',
} = process.env;

/** Asked at the start, and again before a proof ends. */
async function getProof(): Promise<Proof> {
  const headers = { cookie: CHAT_COOKIE };
  const answer = await fetch(CHAT_TOKEN_URL, { method: 'POST', headers });
  if (answer.status === 401) throw new NoProof('empty');
  if (!answer.ok) throw new Error(`${CHAT_TOKEN_URL} answered ${answer.status}`);
  return { kind: 'signed-token', token: await answer.text() };
}

const chat = new Transport({
  url: CHAT_NODE_URL,
  deploymentId: CHAT_DEPLOYMENT_ID,
  store: memoryStore(),
  getProof,
  application: 'Terminal chat',
});

const say = (text: string): void => void stdout.write(`${text}\n`);
const shown = new Set<string>();

/** Each message once, when the node has it: after `sent` it is on disk there. */
function draw(): void {
  for (const entry of chat.entries) {
    if (entry.kind !== 'message' || entry.delivery.kind === 'sending') continue;
    if (!shown.has(entry.key)) say(lineOf(entry));
    shown.add(entry.key);
  }
}

function lineOf({ direction, from = 'Agent', text, delivery }: ChatMessage): string {
  if (delivery.kind === 'failed') return `! not sent: ${text} (${delivery.failure.text})`;
  return direction === 'inbound' ? `✓ ${text}` : `${from}: ${text}`;
}

chat.on('change', draw);
chat.on('typing', () => say('…'));
chat.on('state', (state) => {
  if (state.kind === 'open') say(`Connected as ${chat.person?.name ?? 'a guest'}.`);
  else if (state.kind === 'reconnecting') say('The connection is lost. What you write is kept.');
  else if (state.kind === 'refused')
    say(`Not signed in: ${state.message} Reference: ${state.reference ?? 'none'}`);
});

const lines = createInterface({ input: stdin });
lines.on('line', (line) => {
  if (line.trim() !== '') chat.send(line);
});
lines.on('close', () => process.exit());

try {
  await chat.signIn(await getProof());
} catch (error) {
  if (error instanceof NoProof)
    say('Nobody is signed in on the site: give its session in CHAT_COOKIE.');
  process.exitCode = 1;
  lines.close();
}
