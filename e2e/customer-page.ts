// A page of the shop with its messenger, as a customer uses it.
import assert from 'node:assert/strict';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

export class CustomerPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get chat(): FrameLocator {
    return this.page.frameLocator('iframe[title="Chat"]');
  }

  /** The panel's own document, where scripts of the test can look around. */
  async panel(): Promise<Frame> {
    const frame = this.page.locator('iframe[title="Chat"]');
    const found = await (await frame.elementHandle())?.contentFrame();
    assert.ok(found);
    return found;
  }

  /** Everything that the panel has put into the browser's storage. */
  async kept(): Promise<Record<string, string>> {
    return (await this.panel()).evaluate(() => ({ ...localStorage, ...sessionStorage }));
  }

  get field(): Locator {
    return this.chat.getByLabel('Write a message');
  }

  async menu(item: string): Promise<void> {
    await this.chat.getByRole('button', { name: 'More' }).click();
    await this.chat.getByRole('button', { name: item }).click();
  }

  async openChat(): Promise<void> {
    await this.page.getByRole('button', { name: /^Open chat/ }).click();
  }

  async say(text: string): Promise<void> {
    await this.write(text);
    await this.chat.locator('.message', { hasText: text }).waitFor();
    await this.chat.getByText('Sent').last().waitFor();
  }

  /** Writes without waiting for what becomes of it. */
  async write(text: string): Promise<void> {
    const field = this.chat.getByLabel('Write a message');
    await field.fill(text);
    await field.press('Enter');
  }

  said(text: string): Locator {
    return this.chat.getByRole('log').getByText(text, { exact: true });
  }

  /** Every message as it is shown, oldest first. */
  messages(): Promise<string[]> {
    return this.chat.locator('.bubble').allTextContents();
  }

  /** Opens the shop's account page and signs in from there. */
  async signInAtShop(shop: string, name: string, password: string): Promise<void> {
    await this.page.goto(`${shop}/account`);
    await this.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await this.signInAtProvider(name, password);
  }

  /** Signs in at the identity provider, to which the shop has sent the customer. */
  async signInAtProvider(name: string, password: string): Promise<void> {
    await this.page.getByText(name).first().click();
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }
}
