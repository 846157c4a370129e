// What stands around a chat, in Chromium: the survey before it, the hours while nobody is there, the place in the
// queue, what is said by itself, the rating after it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { CustomerPage } from './customer-page.ts';
import { ShopVisit } from './shop-visit.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const tomorrow = new Date(Date.now() + 86_400_000);

/**
 * The guests' messenger asks before and after, and its deployment opens tomorrow at nine; the portal's asks
 * before. The account pages have nothing of this. Who comes into a queue is told so by itself.
 */
const withSurvey = (configuration: string): string =>
  `${configuration
    .replace(
      /(name: Fjell & Fern\n {4}authentication: \{ enabled: false \})/,
      `$1
    preChatSurvey:
      questions:
        - { name: Name, text: Your name, type: single-line, required: true }
        - { name: Topic, text: What is it about, type: options, required: true, options: [Order, Return, Something else] }
        - { name: Details, text: Tell us more, type: multi-line }
        - { name: Privacy, text: You may store what I write, type: consent, required: true, link: "https://fjellfern.example/privacy" }
    rating: { enabled: true }`,
    )
    .replace(
      /(authentication: \{ enabled: true, setting: Portal token[^}]*\})/,
      `$1
    preChatSurvey: { questions: [ { name: Topic, text: What is it about, required: true } ] }`,
    )
    .replace(
      'fallbackQueue: Guests',
      `$&
    automatedMessages: [ { on: queued, text: We have your message. } ]`,
    )
    .replace(/(shop front\n[\s\S]*?)(\n {4}status)/, '$1\n    operatingHours: Tomorrow$2')}
operatingHours:
  - { name: Tomorrow, timeZone: UTC, weekly: { ${DAYS[tomorrow.getUTCDay()]}: ["09:00-17:00"] } }
`;

let shop: ShopVisit;
before(async () => {
  shop = await ShopVisit.open(undefined, withSurvey);
});
after(() => shop.close());
afterEach(() => shop.mustBeFaultless());

test('what is missing in the survey is said beside the field, and the first such field has the focus', async () => {
  const customer = await visit();
  const { chat } = customer;
  await chat.getByRole('button', { name: 'Start the chat' }).click();
  assert.equal(await chat.getByText('Please fill this in.').count(), 2);
  await chat.getByText('Please agree to go on.').waitFor();
  const name = chat.getByLabel('Your name (required)');
  assert.ok(await name.evaluate((field) => field === document.activeElement));
  assert.equal(await name.getAttribute('aria-invalid'), 'true');
  assert.equal(await customer.field.count(), 0, 'nothing can be written before');
});

test('answers outlive a page load: half given in their fields, given until the first message carries them', async () => {
  const customer = await visit();
  const { page, chat, field } = customer;
  await answerAll(customer, 'Ola Berg');
  await page.reload();
  const start = chat.getByRole('button', { name: 'Start the chat' });
  await start.waitFor();
  assert.equal(await chat.getByLabel('Your name (required)').inputValue(), 'Ola Berg');
  assert.equal(await chat.getByLabel('What is it about (required)').inputValue(), 'Order');
  assert.ok(await chat.getByLabel('You may store what I write (required)').isChecked());
  await start.click();
  await field.waitFor();
  await page.reload();
  await field.waitFor();
  assert.equal(await start.count(), 0, 'not asked again');
  await field.fill('Where is my order?');
  await field.press('Enter');
  await shop.maria.accept('Ola Berg');
  const desk = shop.maria.page;
  await desk.getByRole('tab', { name: 'Answers' }).click();
  const answers = desk.getByRole('tabpanel', { name: 'Answers' });
  await answers.getByText('Order').waitFor();
  assert.deepEqual(await answersKeptBy(customer), []);
  await shop.maria.end();
});

test('signing out wipes the answers; the next person is asked anew', async () => {
  const first = await shop.customerAt('/portal');
  await first.page.getByRole('button', { name: /Mihai/ }).click();
  await first.openChat();
  const topic = first.chat.getByLabel('What is it about (required)');
  await topic.fill('Only for Mihai');
  assert.equal((await answersKeptBy(first)).length, 1);
  await first.menu('Sign out on this device');
  await first.chat.getByRole('paragraph').getByText('You are signed out of the chat.').waitFor();
  assert.deepEqual(await first.kept(), {});
  await first.chat.getByRole('button', { name: 'Sign in' }).click();
  assert.equal(await topic.inputValue(), '');
});

const answersKeptBy = async (customer: CustomerPage): Promise<string[]> =>
  Object.keys(await customer.kept()).filter((key) => key.endsWith(':answers'));

test('answers reach the agent as facts of the customer; the closed hours are told; the chat is rated once', async () => {
  const { page, chat, field } = await visit();
  await chat.getByLabel('Your name (required)').fill('Kari Nordmann');
  await chat.getByLabel('What is it about (required)').selectOption('Return');
  await chat.getByLabel('Tell us more (optional)').fill('The tent leaks');
  await chat.getByLabel('You may store what I write (required)').check();
  assert.equal(
    await chat.getByRole('link', { name: 'Read more' }).getAttribute('rel'),
    'noopener noreferrer',
  );
  await chat.getByRole('button', { name: 'Start the chat' }).click();
  const hour = tomorrow.toLocaleDateString('en', { weekday: 'long' });
  await chat.getByText(`We are back ${hour}`).waitFor();
  await field.fill('Can I send it back?');
  await field.press('Enter');
  await shop.maria.accept('Kari Nordmann');
  const desk = shop.maria.page;
  await desk.getByRole('tab', { name: 'Answers' }).click();
  const answers = desk.getByRole('tabpanel', { name: 'Answers' });
  for (const answer of ['Return', 'The tent leaks']) await answers.getByText(answer).waitFor();
  await shop.maria.end();
  await chat.getByText('How was this conversation?').waitFor();
  await chat.getByRole('button', { name: 'Good', exact: true }).click();
  await chat.getByLabel('What should we know? (optional)').fill('Quick answer');
  await chat.getByRole('button', { name: 'Send rating' }).click();
  await chat.getByText('Thank you for your rating.').waitFor();
  await page.reload();
  await chat.getByText('How was this conversation?').waitFor();
  await chat.getByRole('button', { name: 'Very bad' }).click();
  await chat.getByRole('button', { name: 'Send rating' }).click();
  await chat.getByText('Thank you for your rating.').waitFor();
  const report = await desk.evaluate(async () => {
    const list = await fetch('/api/conversations?state=closed&limit=50');
    const { items } = await list.json();
    const { id } = items.find(({ rating }: { rating: unknown }) => rating);
    const log = await fetch(`/api/conversations/${id}/entries`);
    return { entries: (await log.json()).items };
  });
  const rated = report.entries.filter(({ kind }: { kind: string }) => kind === 'rated');
  assert.equal(rated.length, 1, 'the second time changed nothing');
  assert.deepEqual(rated[0].data, { score: 4, comment: 'Quick answer' });
});

test('while no agent is there the place in the queue is told, and no longer once one has come', async () => {
  await setPresence('away');
  const customer = await visit();
  const { chat, field } = customer;
  await answerAll(customer, 'Per Hansen');
  await chat.getByRole('button', { name: 'Start the chat' }).click();
  await field.fill('Is anybody there?');
  await field.press('Enter');
  const place = chat.getByText(/You are number \d+ in the queue\./);
  await place.waitFor();
  await setPresence('available');
  await shop.maria.accept('Per Hansen');
  await shop.maria.answer('I am here');
  await place.waitFor({ state: 'detached' });
  await shop.maria.end();
});

test('where nothing is asked for around a chat, it comes with the first message: the place in the queue, what is said by itself', async () => {
  await setPresence('away');
  const customer = await shop.customerAt('/account');
  const parts: string[] = [];
  customer.page.on('request', (request) => {
    if (/around-.*\.js$/.test(request.url())) parts.push(request.url());
  });
  await customer.openChat();
  await customer.field.waitFor();
  assert.deepEqual(parts, []);
  await customer.say('Is anybody there?');
  const { chat } = customer;
  await chat.getByText(/You are number \d+ in the queue\./).waitFor();
  assert.equal(parts.length, 1);
  const message = chat.locator('.message.outbound');
  await message.getByText('We have your message.').waitFor();
  await message.getByText('Automatic message').waitFor();
  const announced = chat.locator('.unseen', { hasText: 'We have your message.' });
  assert.equal(await announced.textContent(), 'Automatic message: We have your message.');
  await setPresence('available');
  await shop.maria.accept('Guest');
  await shop.maria.answer('I am here');
  await customer.said('I am here').waitFor();
  assert.equal(await chat.getByText('Automatic message', { exact: true }).count(), 1);
  await shop.maria.end();
});

const setPresence = (presence: string): Promise<void> =>
  shop.maria.page.evaluate(async (wanted) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ presence: wanted });
    await fetch('/api/me/presence', { method: 'PUT', headers, body });
  }, presence);

async function answerAll({ chat }: Pick<CustomerPage, 'chat'>, name: string): Promise<void> {
  await chat.getByLabel('Your name (required)').fill(name);
  await chat.getByLabel('What is it about (required)').selectOption('Order');
  await chat.getByLabel('You may store what I write (required)').check();
}

async function visit(): Promise<CustomerPage> {
  const customer = await shop.customerAt('/');
  await customer.openChat();
  await customer.chat.getByRole('heading', { name: 'Before we begin' }).waitFor();
  return customer;
}
