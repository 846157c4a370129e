// S02: a page of another site, in a browser with an agent's live cookie, opens the agents' feed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

let world: SampleWorld;
let browser: Browser;
let evil: Server;
let evilPort: number;
before(async () => {
  [world, browser] = await Promise.all([openSampleWorld(), launchBrowser()]);
  evil = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Win a prize</title>');
  }).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  const address = evil.address();
  evilPort = typeof address === 'object' && address ? address.port : 0;
});
after(async () => {
  evil?.close();
  await browser?.close();
  await world?.close();
});

test('S02 a page of another site or port gets no frame of the feed, with a live agent cookie', async () => {
  const { context } = await openContext(browser);
  const email = 'maria.santos@fjellfern.example';
  const desk = await AgentDesk.open(await context.newPage(), world.url, email, STAFF_PASSWORD);
  await desk.becomeAvailable();
  const feed = `${world.url.replace(/^http/, 'ws')}/api/live`;
  const { port } = new URL(world.url);
  assert.equal(await framesAt(world.url, feed), 1, 'the console’s own page is answered');
  // Another port of the same host is the same site: its pages carry the cookie, SameSite or not
  assert.equal(await framesAt(`http://127.0.0.1:${evilPort}`, feed), 0);
  assert.equal(await framesAt(`http://localhost:${evilPort}`, feed), 0);
  const byName = `ws://localhost:${port}/api/live`;
  assert.equal(await framesAt(`http://localhost:${evilPort}`, byName), 0);
  await context.close();

  /** Opens the feed from a page at this address; answers 1 when a frame came, 0 when it was refused. */
  async function framesAt(address: string, socket: string): Promise<number> {
    const page = await context.newPage();
    await page.goto(address);
    const frames = await page.evaluate(
      (url) =>
        new Promise<number>((resolve) => {
          const live = new WebSocket(url);
          live.onopen = () => live.send(JSON.stringify({ type: 'start' }));
          live.onmessage = () => resolve(1);
          live.onclose = () => resolve(0);
        }),
      socket,
    );
    await page.close();
    return frames;
  }
});
