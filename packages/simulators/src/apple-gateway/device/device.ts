import type { Customer, GatewayState } from '../gateway-state.ts';
import type { WebhookDelivery } from '../journal.ts';
import type { Json } from '../json.ts';
import type { WebhookFault } from '../webhook/webhook-fault.ts';
import { attachFiles, type OutgoingFile } from './attach.ts';
import { Inbox, type TranscriptLine } from './inbox.ts';
import { listAnswer, quickAnswer, timeAnswer } from './picker-answers.ts';
import { deviceProfiles, type ProfileName } from './profiles.ts';
import { readMessage } from './read-message.ts';
import type {
  ListPicker,
  MessageKind,
  MessageOf,
  QuickReply,
  ReceivedMessage,
  SignInBubble,
  TimePicker,
} from './received-message.ts';
import { packReply, type ReplyOptions, replyTo } from './reply.ts';
import { Sender, type SendOptions } from './sender.ts';
import { type SignInOptions, type SignInOutcome, signInOn } from './sign-in.ts';
import {
  type Callback,
  loadCallback,
  type Report,
  reachCallback,
  reportReply,
} from './sign-in-version-2.ts';

export interface DeviceOptions {
  /** Default: the first business of the Register. */
  businessId?: string;
  /** Default `auth2`. */
  profile?: ProfileName;
  /** Who signs in on it: subject or e-mail address. Default Ada Ng. */
  person?: string;
  /** Another device of the same customer. Default: a new customer. */
  opaqueId?: string;
  /** Underscore form. Default `en_US`. */
  locale?: string;
}

/** One device in the hands of one customer of one business (§17.4). */
export class Device {
  readonly id = crypto.randomUUID();
  readonly profile: ProfileName;
  readonly person: string;
  readonly opaqueId: string;
  readonly businessId: string;
  readonly #state: GatewayState;
  readonly #inbox: Inbox;
  readonly #sender: Sender;

  constructor(state: GatewayState, customer: Customer, options: DeviceOptions) {
    this.profile = options.profile ?? 'auth2';
    this.person = options.person ?? 'u-1007';
    this.opaqueId = customer.opaqueId;
    this.businessId = customer.businessId;
    this.#state = state;
    this.#inbox = new Inbox(state.journal);
    const profile = deviceProfiles[this.profile];
    this.#sender = new Sender(state, customer, profile, options.locale ?? 'en_US');
    customer.receivers.add(async (message) => this.#inbox.add(await readMessage(message)));
  }

  /** Sends a text. The result says how the provider answered; it never throws. */
  async say(text: string, options: SendOptions = {}): Promise<WebhookDelivery> {
    return this.#write('text', text, { body: text }, [], options);
  }

  /** Sends files, with a text or alone (§4.2). */
  async attach(
    files: readonly OutgoingFile[],
    text = '',
    options: SendOptions = {},
  ): Promise<WebhookDelivery> {
    const content = await attachFiles(this.#state, files, text);
    return this.#write('text', text, content, files, options);
  }

  startTyping(options?: SendOptions): Promise<WebhookDelivery> {
    return this.#sender.send('typing_start', {}, options);
  }

  stopTyping(options?: SendOptions): Promise<WebhookDelivery> {
    return this.#sender.send('typing_end', {}, options);
  }

  /** Deletes the conversation: from here on nothing may be sent to this customer (§4.6). */
  close(options?: SendOptions): Promise<WebhookDelivery> {
    return this.#sender.send('close', {}, options);
  }

  /** A text with one thing wrong in the call; nothing may come of it (§17.3). */
  sendFaulty(fault: WebhookFault, text = 'This must never be seen'): Promise<WebhookDelivery> {
    return this.#sender.send('text', { body: text }, { fault });
  }

  /** Any message: `content` is what it has beside the envelope. */
  send(type: string, content: Json, options?: SendOptions): Promise<WebhookDelivery> {
    return this.#sender.send(type, content, options);
  }

  /** The last message again: under the same `id`; `isNew`: under another (§17.2). */
  repeat(options?: { isNew?: boolean }): Promise<WebhookDelivery> {
    return this.#sender.repeat(options);
  }

  /** Every message so far, typing included, oldest first. */
  received(): readonly ReceivedMessage[] {
    return this.#inbox.received();
  }

  /** The oldest message of `kind` not asked for yet; waits up to `timeoutMs` (default 10 s). */
  next<Kind extends MessageKind>(kind: Kind, timeoutMs?: number): Promise<MessageOf<Kind>> {
    return this.#inbox.next(kind, timeoutMs);
  }

  /** What the screen shows, both sides. */
  get lines(): readonly TranscriptLine[] {
    return this.#inbox.lines;
  }

  get isAgentTyping(): boolean {
    return this.#inbox.isTyping;
  }

  /** Calls `watch` after each change of what the screen shows; returns how to stop it. */
  watch(watch: () => void): () => void {
    return this.#inbox.notice.watch(watch);
  }

  /** Taps the quick reply of that identifier. */
  answerQuickReply(message: QuickReply, identifier: string, options: ReplyOptions = {}) {
    const answer = quickAnswer(message, identifier);
    return this.#answer(message, answer.title, answer.data, options);
  }

  /** Chooses items of a list picker, by identifier. */
  answerListPicker(
    message: ListPicker,
    identifiers: readonly string[],
    options: ReplyOptions = {},
  ): Promise<WebhookDelivery> {
    const answer = listAnswer(message, identifiers);
    return this.#answer(message, answer.title, answer.data, options);
  }

  /** Chooses a slot; `isOldShape`: the answer is under `timePicker.event` (§4.3). */
  answerTimePicker(
    message: TimePicker,
    identifier: string,
    options: ReplyOptions & { isOldShape?: boolean } = {},
  ): Promise<WebhookDelivery> {
    const answer = timeAnswer(message, identifier, options.isOldShape ?? false);
    return this.#answer(message, answer.title, answer.data, options);
  }

  /** Goes through a whole sign-in, and replies as its version wants it. */
  signIn(message: SignInBubble, options: SignInOptions = {}): Promise<SignInOutcome> {
    const signIns = this.received().filter((it): it is SignInBubble => it.kind === 'sign-in');
    const before = signIns[signIns.indexOf(message) - 1]?.oauth2.responseEncryptionKey;
    const reply = (answer: Json, replyOptions: ReplyOptions) =>
      this.#answer(message, '', answer, replyOptions);
    return signInOn(message, { ...options, person: options.person ?? this.person }, before, reply);
  }

  /** Version 2, first third: signs in at the provider and stops before the callback. */
  async reachCallback(
    message: SignInBubble,
    { person, password, choice }: SignInOptions = {},
  ): Promise<Callback> {
    const reached = await reachCallback(message, {
      name: person ?? this.person,
      ...(password === undefined ? {} : { password }),
      ...(choice === undefined ? {} : { choice }),
    });
    if ('view' in reached) return reached;
    throw new Error(`the provider's page did not lead on: ${reached.status} at ${reached.url}`);
  }

  /** Version 2, second third: loads the callback; `report` is undefined when it led nowhere. */
  loadCallback(callback: Callback) {
    return loadCallback(callback);
  }

  /** Version 2, last third: tells the provider what the page said, or something else. */
  reportSignIn(message: SignInBubble, report: Report, options: ReplyOptions = {}) {
    return this.#answer(message, '', { authenticate: reportReply(report) }, options);
  }

  async #answer(
    message: Parameters<typeof replyTo>[0],
    title: string,
    answer: Json,
    options: ReplyOptions,
  ): Promise<WebhookDelivery> {
    const dictionary = replyTo(message, answer, options);
    const content = await packReply(this.#state, dictionary, options.as);
    if (title === '') return this.#sender.send('interactive', content, options);
    return this.#write('interactive', title, content, [], options);
  }

  async #write(
    type: string,
    text: string,
    content: Json,
    files: readonly OutgoingFile[],
    options: SendOptions,
  ): Promise<WebhookDelivery> {
    const id = options.id ?? crypto.randomUUID();
    const shown = files.map(({ name, mimeType, bytes }) => ({ name, mimeType, bytes }));
    const line: TranscriptLine = { direction: 'out', id, text, files: shown, state: 'sending' };
    if (options.fault === undefined) this.#inbox.lines.push(line);
    this.#inbox.notice.give();
    const delivery = await this.#sender.send(type, content, { ...options, id });
    line.state = delivery.isDelivered ? 'delivered' : 'not-delivered';
    this.#inbox.notice.give();
    return delivery;
  }
}
