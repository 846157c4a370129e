// Customers in the sample shop, each in a browser profile of their own, and an agent who waits for them.
import assert from 'node:assert/strict';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser } from 'playwright-core';
import { STAFF_PASSWORD, type WorldLifetimes } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

/** These tests wait for whole sign-ins by redirect, in several pages at once. */
const PATIENCE_MS = 60_000;

export class ShopVisit {
  readonly world: SampleWorld;
  readonly maria: AgentDesk;
  #browser: Browser;
  #errors: string[][] = [];

  private constructor(world: SampleWorld, browser: Browser, maria: AgentDesk) {
    this.world = world;
    this.#browser = browser;
    this.maria = maria;
  }

  static async open(
    lifetimes?: WorldLifetimes,
    change?: Parameters<typeof openSampleWorld>[1],
  ): Promise<ShopVisit> {
    const world = await openSampleWorld(lifetimes, change);
    const browser = await launchBrowser();
    const { context } = await openContext(browser);
    context.setDefaultTimeout(PATIENCE_MS);
    const email = 'maria.santos@fjellfern.example';
    const page = await context.newPage();
    const maria = await AgentDesk.open(page, world.url, email, STAFF_PASSWORD);
    await maria.becomeAvailable();
    return new ShopVisit(world, browser, maria);
  }

  /** On a device of their own. */
  async customerAt(path: string, options: Parameters<typeof openContext>[1] = {}) {
    const { context, errors } = await openContext(this.#browser, options);
    context.setDefaultTimeout(PATIENCE_MS);
    this.#errors.push(errors);
    const customer = new CustomerPage(await context.newPage());
    await customer.page.goto(this.world.shop + path);
    return customer;
  }

  async anotherTab({ page }: CustomerPage, path: string): Promise<CustomerPage> {
    const tab = new CustomerPage(await page.context().newPage());
    await tab.page.goto(this.world.shop + path);
    return tab;
  }

  /** Signed in at the provider. */
  async signedIn(name: string): Promise<CustomerPage> {
    const customer = await this.customerAt('/account');
    await this.signIn(customer, name);
    return customer;
  }

  async signIn(customer: CustomerPage, name: string): Promise<void> {
    await customer.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await customer.signInAtProvider(name, SAMPLE_PASSWORD);
    await customer.page.getByRole('heading', { name: /^Good to see you/ }).waitFor();
  }

  /** No script failed and no policy was broken. */
  mustBeFaultless(): void {
    assert.deepEqual(this.#errors.flat(), []);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.world.close();
  }
}
