// The simulated phone as a customer of Apple Messages uses it.
import type { ProfileName } from '@countersign/simulators';
import type { Locator, Page } from 'playwright-core';

export class ApplePhone {
  readonly page: Page;
  readonly log: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.log = page.getByRole('log', { name: 'Conversation' });
  }

  /** In the hands of a new customer. */
  static async open(page: Page, url: string, profile: ProfileName = 'auth2'): Promise<ApplePhone> {
    await page.goto(url);
    await page.getByRole('combobox', { name: 'Device' }).selectOption(profile);
    await page.getByRole('button', { name: 'New customer' }).click();
    return new ApplePhone(page);
  }

  async say(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Message' }).fill(text);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
  }

  /** What the page says of what was done last. */
  told(text: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: text });
  }

  /** The last sign-in that was asked for, with the sheet in which a person chooses an account. */
  async openSignIn(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Sign in' }).last().click();
    return this.page.getByRole('dialog');
  }

  /** The address of the provider's page, as somebody would pass it on; the sheet is put away. */
  async signInLink(): Promise<string> {
    const sheet = await this.openSignIn();
    const link = await sheet.getByRole('link').getAttribute('href');
    await sheet.getByRole('button', { name: 'Not now' }).click();
    if (link === null) throw new Error('the sheet has no link');
    return link;
  }

  async signInAs(name: string): Promise<void> {
    const sheet = await this.openSignIn();
    await sheet.getByRole('radio', { name: new RegExp(name) }).check();
    await sheet.getByRole('button', { name: 'Continue' }).click();
  }

  async cancelSignIn(): Promise<void> {
    const sheet = await this.openSignIn();
    await sheet.getByRole('button', { name: 'Cancel at the provider' }).click();
  }

  /** What agents said, from the top. */
  async agentsTexts(): Promise<string[]> {
    const texts = await this.log.getByRole('listitem', { name: 'Agent' }).allInnerTexts();
    return texts.map((text) => text.split(/\n+/).join(' / '));
  }
}
