// The Chromium of the npm package @sparticuz/chromium, driven by playwright-core.
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core';

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];
/** Flags of the package that change how pages behave: an iframe of another origin is to be as in the field. */
const UNWANTED =
  /^--(single-process|no-zygote|disable-web-security|disable-site-isolation-trials|allow-running-insecure-content|disable-features=.*|headless.*)$/;

/** How long something may take to appear; a test waits for the thing itself, not for the time. */
const PATIENCE_MS = 40_000;

/** Tries twice: now and then the browser's process dies before it has begun. */
export async function launchBrowser(): Promise<Browser> {
  const options = {
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => !UNWANTED.test(arg)), ...QUIET],
    headless: true,
  };
  return playwright.launch(options).catch(() => playwright.launch(options));
}

/** A fresh profile; `errors` collects what a page's script threw or its policy refused. */
export async function openContext(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  return { context, errors };
}
