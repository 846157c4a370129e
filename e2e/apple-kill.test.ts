// A node is killed again and again while a hundred customers of Apple Messages and a program talk.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Conversation, Entry } from '@countersign/protocol';
import type { AppleGateway } from '@countersign/simulators';
import { openSampleWorld } from './sample-world.ts';

type Device = ReturnType<AppleGateway['device']>;

const CUSTOMERS = 100;
const ROUNDS = 4;
const KILLS = 4;
/** A node lives this long before it is killed, ms. */
const LIFE_MS = { min: 300, max: 2500 };
const PATIENCE_MS = 120_000;
const KEY = 'a-program-that-answers-0123456789abcdef';

test(`${KILLS} × kill -9 while ${CUSTOMERS} conversations exchange messages with Apple: none is lost, none leaves twice`, {
  timeout: 300_000,
}, async () => {
  const world = await openSampleWorld(undefined, (text) =>
    text
      .replace('channel: apple\n    distribution: push', 'channel: apple\n    distribution: pick')
      .concat(`\napiKeys:\n  - { name: Program, token: ${KEY}, roles: [agent, supervisor] }\n`),
  );
  const program = new Program(world.url);
  try {
    const { gateway } = world.apple;
    const devices = Array.from({ length: CUSTOMERS }, () => gateway.device());
    const answering = program.answer();
    const talking = Promise.all(devices.map((device, n) => talk(device, n)));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(randomInt(LIFE_MS.min, LIFE_MS.max));
      await world.restart();
    }
    await talking;
    program.stop();
    await answering;
    gateway.assertClean();
    for (const [n, device] of devices.entries()) {
      assert.deepEqual(textsOf(device), saidBy(n).map(answerTo));
    }
    assert.deepEqual(await program.customersTexts(), devices.flatMap((_, n) => saidBy(n)).sort());
  } finally {
    program.stop();
    await world.close();
  }
});

const saidBy = (customer: number): string[] =>
  Array.from({ length: ROUNDS }, (_, round) => `${customer}: ${round}`);
const answerTo = (text: string): string => `Re ${text}`;
const textsOf = (device: Device): string[] =>
  device.received().flatMap((message) => (message.kind === 'text' ? [message.text] : []));

/** Says the next thing once the last was answered; what the node did not take is sent again under its id. */
async function talk(device: Device, n: number): Promise<void> {
  for (const text of saidBy(n)) {
    let { isDelivered } = await device.say(text);
    while (!isDelivered) {
      await wait(200);
      ({ isDelivered } = await device.repeat());
    }
    const answer = await device.next('text', PATIENCE_MS);
    assert.equal(answer.text, answerTo(text));
  }
}

/** Takes every conversation and answers its last message, once each by its client id; never mind a dead node. */
class Program {
  readonly #url: string;
  #stopped = false;

  constructor(url: string) {
    this.#url = url;
  }

  stop(): void {
    this.#stopped = true;
  }

  async answer(): Promise<void> {
    while (!this.#stopped) {
      const found = await this.#list().catch(() => []);
      await Promise.allSettled(found.map((conversation) => this.#attend(conversation)));
      await wait(50);
    }
  }

  async #attend({ id, state, preview }: Conversation): Promise<void> {
    if (state === 'waiting') await this.#call('POST', `/api/conversations/${id}/pick`);
    if (preview?.from !== 'customer') return;
    const { text } = preview;
    const body = { text: answerTo(text), clientId: `answer to ${text}` };
    await this.#call('POST', `/api/conversations/${id}/messages`, body);
  }

  async customersTexts(): Promise<string[]> {
    const texts: string[] = [];
    for (const { id } of await this.#list()) {
      const { items } = await this.#call<{ items: Entry[] }>(
        'GET',
        `/api/conversations/${id}/entries?limit=500`,
      );
      for (const { kind, from, text } of items) {
        if (kind === 'message' && from.role === 'customer') texts.push(text ?? '');
      }
    }
    return texts.sort();
  }

  async #list(): Promise<Conversation[]> {
    const path = '/api/conversations?state=waiting,active&limit=200';
    return (await this.#call<{ items: Conversation[] }>('GET', path)).items;
  }

  async #call<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.json() as Promise<Answer>;
  }
}
