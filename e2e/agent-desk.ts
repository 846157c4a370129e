// The console as an agent uses it.
import type { Locator, Page } from 'playwright-core';

export class AgentDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, url: string, email: string, password: string): Promise<AgentDesk> {
    await page.goto(url);
    await page.getByLabel('Email').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    return new AgentDesk(page);
  }

  async becomeAvailable(): Promise<void> {
    await this.page.getByRole('button', { name: 'Become available' }).click();
    await this.page.getByRole('button', { name: /Available\. Open your menu/ }).waitFor();
  }

  /** Keeps what she has, and is offered nothing. */
  async takeABreak(): Promise<void> {
    await this.page.getByRole('button', { name: /Open your menu/ }).click();
    await this.page.getByRole('menuitemradio', { name: /^Away/ }).click();
    await this.page.getByRole('button', { name: /Away\. Open your menu/ }).waitFor();
    await this.page.keyboard.press('Escape');
  }

  offer(name: string): Locator {
    return this.page.getByRole('alertdialog').filter({ hasText: name });
  }

  /** Accepts the offer of this customer and opens the conversation. */
  async accept(name: string): Promise<void> {
    await this.offer(name).getByRole('button', { name: 'Accept' }).click();
    await this.page.getByRole('heading', { name, exact: false }).first().waitFor();
  }

  async answer(text: string): Promise<void> {
    const field = this.page.getByPlaceholder(/^Write to/);
    await field.fill(text);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
    await this.said(text).waitFor();
  }

  /** The heading of the identity card, once it says this. */
  authenticated(answer: 'Yes' | 'No'): Locator {
    const panel = this.page.getByRole('complementary', { name: 'Customer' });
    return panel.getByRole('heading', { name: `Authenticated: ${answer}` });
  }

  said(text: string): Locator {
    return this.page.getByRole('log').getByText(text, { exact: true });
  }

  async askToSignIn(): Promise<void> {
    await this.page.getByRole('button', { name: 'More about this conversation' }).click();
    await this.page.getByRole('menuitem', { name: /^Ask to sign in/ }).click();
  }

  /** In the customer's panel, once there is a request. */
  async askAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Ask again' }).click();
  }

  async end(): Promise<void> {
    await this.page.getByRole('button', { name: 'End', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: /End/ }).click();
  }
}
