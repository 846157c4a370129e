import { createHmac, hash } from 'node:crypto';
import type { AppleAccount } from '../../configuration/index.ts';
import type { Seal } from '../../platform/index.ts';
import type { CustomerKey } from './customer-store.ts';

/** Somebody who writes to one account. Apple gives the same person another opaque id at every business. */
export interface Customer {
  account: AppleAccount;
  opaqueId: string;
}

export const keyOf = ({ account, opaqueId }: Customer): CustomerKey => ({
  accountId: account.id,
  opaqueId,
});

/** Whose open conversation it is: one a customer. */
export const ownerKeyOf = ({ account, opaqueId }: Customer): string =>
  `apple:${account.id}:${opaqueId}`;

/** Stands for the customer in the log of a conversation, which may be exported. */
export const senderIdOf = (customer: Customer): string =>
  `apple:${hash('sha256', ownerKeyOf(customer), 'hex').slice(0, 32)}`;

/** Stands for the customer in the log of a node, where the opaque id must not be (§13). */
export function createTag(seal: Pick<Seal, 'derive'>): (customer: CustomerKey) => string {
  const key = seal.derive('apple-customer-tag');
  return ({ accountId, opaqueId }) =>
    createHmac('sha256', key).update(`${accountId}\n${opaqueId}`).digest('hex').slice(0, 12);
}
