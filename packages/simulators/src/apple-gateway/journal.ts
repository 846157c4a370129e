import { Notice } from './notice.ts';
import type { RefusalCode } from './refusal.ts';

/** What a provider can call, and what a script can make fail (§2.1). */
export type GatewayPath =
  | 'message'
  | 'authenticate'
  | 'preUpload'
  | 'preDownload'
  | 'decodePayload'
  | 'upload'
  | 'download';

export interface Rejection {
  path: GatewayPath | 'unknown';
  /** The row of §17.1 that was broken. */
  row: string;
  status: number;
  code: RefusalCode;
  detail: string;
  /** The `id` header, when there was one. */
  id: string | undefined;
}

export type ViolationCode =
  | 'sent_after_close'
  | 'capability_missing'
  | 'client_secret_sent'
  | 'id_reused_with_other_content'
  | 'capability_list_sent'
  | 'authorization_sent_to_blob_host'
  | 'additional_parameter_redefines';

/** Accepted by Apple, wrong all the same: a test must fail on it. */
export interface Violation {
  row: string;
  code: ViolationCode;
  detail: string;
  id: string | undefined;
}

/** A call of the provider, as it was answered. */
export interface CallRecord {
  path: GatewayPath;
  id: string | undefined;
  /** 0 when it got no answer. */
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The JSON body, when there was one. */
  body: unknown;
}

/** A webhook call of the gateway, as the provider answered it. */
export interface WebhookDelivery {
  /** The message's. */
  id: string;
  type: string;
  /** 0 when the provider could not be reached. */
  status: number;
  /** The provider's answer. */
  body: string;
  /** The customer would otherwise read *Not Delivered*. */
  isDelivered: boolean;
}

/** All that happened, for tests to look at and to wait for. */
export class Journal {
  readonly rejections: Rejection[] = [];
  readonly violations: Violation[] = [];
  readonly calls: CallRecord[] = [];
  readonly webhooks: WebhookDelivery[] = [];
  /** The `id`s that came again and were not delivered again. */
  readonly duplicates: string[] = [];
  readonly notice = new Notice();

  reject(rejection: Rejection): void {
    this.rejections.push(rejection);
    this.notice.give();
  }

  violate(violation: Violation): void {
    this.violations.push(violation);
    this.notice.give();
  }

  call(record: CallRecord): void {
    this.calls.push(record);
    this.notice.give();
  }

  webhook(delivery: WebhookDelivery): void {
    this.webhooks.push(delivery);
    this.notice.give();
  }

  duplicate(id: string): void {
    this.duplicates.push(id);
    this.notice.give();
  }

  /** The calls of `path`, as soon as there are `count` of them. */
  called(path: GatewayPath, count: number, timeoutMs?: number): Promise<readonly CallRecord[]> {
    const find = () => this.calls.filter((call) => call.path === path);
    return this.notice.until(
      () => (find().length >= count ? find() : undefined),
      () => `${find().length} calls of ${path} instead of ${count}`,
      timeoutMs,
    );
  }

  /** Throws with every rejection and violation so far, when there is one. */
  assertClean(): void {
    const lines = [
      ...this.rejections.map((it) => `rejected ${it.path}: [${it.row}] ${it.code}: ${it.detail}`),
      ...this.violations.map((it) => `violation: [${it.row}] ${it.code}: ${it.detail}`),
    ];
    if (lines.length > 0) throw new Error(lines.join('\n'));
  }
}
