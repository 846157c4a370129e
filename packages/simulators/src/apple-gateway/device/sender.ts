import type { Business } from '../business.ts';
import type { Customer, GatewayState } from '../gateway-state.ts';
import type { WebhookDelivery } from '../journal.ts';
import type { Json } from '../json.ts';
import { sendWebhook } from '../webhook/send-webhook.ts';
import type { WebhookFault } from '../webhook/webhook-fault.ts';
import type { DeviceProfile } from './profiles.ts';

export interface SendOptions {
  /** Default: a fresh UUID. */
  id?: string;
  /** Something wrong with the call. It then leaves no trace on the gateway's side either. */
  fault?: WebhookFault;
  /** Another Opaque ID than the device's own, as `sourceId`. */
  from?: string;
  /** From the entry point that the customer used (§3.5). */
  intent?: string;
  group?: string;
  /** Underscore form. Default: the device's. */
  locale?: string;
}

/** Puts what one device says into webhook calls, and keeps them to send again. */
export class Sender {
  readonly #state: GatewayState;
  readonly #customer: Customer;
  readonly #profile: DeviceProfile;
  readonly #locale: string;
  readonly #sent: Json[] = [];

  constructor(state: GatewayState, customer: Customer, profile: DeviceProfile, locale: string) {
    this.#state = state;
    this.#customer = customer;
    this.#profile = profile;
    this.#locale = locale;
  }

  /** `content` is what a message of `type` has beside the envelope (§3.2). */
  async send(type: string, content: Json, options: SendOptions = {}): Promise<WebhookDelivery> {
    const { id = crypto.randomUUID(), from, intent, group, locale = this.#locale } = options;
    const body = {
      v: 1,
      id,
      type,
      sourceId: from ?? this.#customer.opaqueId,
      destinationId: this.#customer.businessId,
      locale,
      ...(intent === undefined ? {} : { intent }),
      ...(group === undefined ? {} : { group }),
      ...content,
    };
    return this.#post(body, options.fault);
  }

  /** Sends the last message again: under the same `id`, or as new under another (§17.2). */
  async repeat({ isNew = false } = {}): Promise<WebhookDelivery> {
    const last = this.#sent.at(-1);
    if (!last) throw new Error('this device has not sent anything yet');
    return this.#post(isNew ? { ...last, id: crypto.randomUUID() } : last);
  }

  /** What was sent so far, oldest first. */
  get sent(): readonly Json[] {
    return this.#sent;
  }

  async #post(body: Json, fault?: WebhookFault): Promise<WebhookDelivery> {
    const { opaqueId } = this.#customer;
    const { agent, capabilities } = this.#profile;
    if (fault === undefined) this.#noteBefore(body);
    const sender = { opaqueId, agent, capabilities };
    const delivery = await sendWebhook(this.#state, this.#business(), sender, body, fault);
    if (fault === undefined && body.type === 'close') this.#customer.hasClosed = true;
    return delivery;
  }

  /** Whoever writes again has opened the conversation again (§4.6). */
  #noteBefore(body: Json): void {
    this.#sent.push(body);
    this.#customer.capabilities = new Set(this.#profile.capabilities ?? []);
    const isWriting = body.type === 'text' || body.type === 'interactive';
    if (isWriting) this.#customer.hasClosed = false;
  }

  #business(): Business {
    const business = this.#state.businesses.get(this.#customer.businessId);
    if (!business) throw new Error('the business left the Register');
    return business;
  }
}
