import type { CannotAskToSignIn } from '@countersign/protocol';
import type { AppleAccount } from '../../../configuration/index.ts';
import { type ConversationRecord, hasEnded } from '../../../conversations/index.ts';
import { Fault } from '../../../platform/index.ts';
import type { AppleCustomer } from './index.ts';

type Attached = AppleAccount & { setting: NonNullable<AppleAccount['setting']> };

export const isAttached = (account: AppleAccount | undefined): account is Attached =>
  account !== undefined && account.setting !== null;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** §6: version 2 where the device can and our callback is reachable, else version 1; null: neither. */
export function chooseVersion(capabilities: readonly string[], publicUrl: string): 1 | 2 | null {
  const has = (name: string) => capabilities.some((one) => one.trim().toUpperCase() === name);
  const { protocol, hostname } = new URL(publicUrl);
  if (has('AUTH2') && (protocol === 'https:' || LOOPBACK.has(hostname))) return 2;
  return has('AUTH') ? 1 : null;
}

/** Why this customer cannot be asked to sign in now (§12.4); null: they can. */
export function whyNot(
  record: Pick<ConversationRecord, 'state'>,
  account: AppleAccount | undefined,
  customer: AppleCustomer | null,
  { publicUrl, pending }: { publicUrl: string; pending: boolean },
): CannotAskToSignIn | null {
  if (hasEnded(record) || customer?.closed) return 'conversation_closed';
  if (!isAttached(account)) return 'sign_in_not_attached';
  if (chooseVersion(customer?.capabilities ?? [], publicUrl) === null) return 'capability_missing';
  return pending ? 'request_pending' : null;
}

const SENTENCES: Partial<Record<CannotAskToSignIn, string>> = {
  conversation_closed: 'The conversation has ended.',
  sign_in_not_attached: 'This Apple account has no sign-in.',
  capability_missing: 'This device cannot sign in here.',
  request_pending: 'The customer has been asked and has not answered yet.',
};

export const cannotAsk = (why: CannotAskToSignIn): Fault =>
  new Fault(why, 409, SENTENCES[why] ?? 'The customer cannot be asked to sign in.');
