// The documentation as a node serves it: every page, every link, search, and nothing from elsewhere.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestNode, type TestNode } from '../packages/server/test/start-node.ts';
import { launchBrowser, openContext } from './browser.ts';

let node: TestNode;
let browser: Browser;
before(async () => {
  node = await startTestNode({ configuration: 'queues: []' });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await node?.close();
});

const policyOf = (answer: Response) => answer.headers.get('content-security-policy') ?? '';

describe('the documentation of a node', () => {
  test('every page answers under a strict policy, and no link is dead', async () => {
    const texts = new Map<string, string>();
    const waiting = ['/docs/'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const answer = await fetch(node.url + path);
      assert.equal(answer.status, 200, path);
      assert.doesNotMatch(policyOf(answer), /unsafe/);
      assert.match(policyOf(answer), /default-src 'none'.*script-src 'self'/);
      const text = await answer.text();
      texts.set(path, text);
      for (const [, href = ''] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g))
        if (!texts.has(href) && !waiting.includes(href)) waiting.push(href);
    }
    assert.ok([...texts.keys()].filter((path) => path.endsWith('.html')).length > 45);
    const dead = [...texts.values()].flatMap((text) =>
      [...text.matchAll(/href="([^"#]+)#([^"]+)"/g)]
        .filter(([, path = '', anchor]) => {
          const isOurs = path.startsWith('/docs/');
          return isOurs && !texts.get(path)?.includes(`id="${anchor}"`);
        })
        .map(([link]) => link),
    );
    assert.deepEqual(dead, []);
  });

  test('what is no page is not found, wherever it points', async () => {
    for (const path of [
      'nothing.html',
      '..%2fpackage.json',
      'guides/..%2f..%2fpackage.json',
      '%00',
    ])
      assert.equal((await fetch(`${node.url}/docs/${path}`)).status, 404, path);
    assert.equal((await fetch(`${node.url}/docs`, { redirect: 'manual' })).status, 308);
  });

  test('search finds a word and leads there; light and dark are kept; nothing comes from elsewhere', async () => {
    const { context, errors } = await openContext(browser, { colorScheme: 'dark' });
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(node.url)) foreign.push(request.url());
    });
    await page.goto(`${node.url}/docs/`);
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    assert.equal(await theme(), 'dark');
    await page.getByRole('button', { name: 'Light' }).click();

    await page.getByRole('searchbox').fill('rotation day');
    await page.getByRole('list', { name: 'Found' }).getByRole('link').first().waitFor();
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL(/#rotation-day$/);
    await page.getByRole('heading', { name: 'Rotation day' }).waitFor();
    assert.equal(await theme(), 'light');
    assert.deepEqual(foreign, []);
    assert.deepEqual(errors, []);
    await context.close();
  });
});
