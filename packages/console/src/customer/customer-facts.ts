import type { ContextVariable, Conversation } from '@countersign/protocol';
import { type ContactValues, contactFields } from '../api/workspace-api.ts';
import { locale } from '../strings/language.ts';

const plain = (name: string): string =>
  name
    .replace(/^msdyn_/i, '')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();

const find = (context: readonly ContextVariable[], ...names: string[]) =>
  context.find((variable) => names.includes(plain(variable.name)));

/** What to call the customer; null for a guest without a name. */
export function customerName(conversation: Conversation): string | null {
  const said = find(conversation.context, 'name', 'fullname');
  return conversation.contact?.name ?? (said ? String(said.value) : null);
}

/** What a customer says of themselves, under the keys that identify a contact. */
export function saidOf({ context }: Conversation): ContactValues {
  const said = (key: string) =>
    context.find(({ name, origin }) => name === key && origin === 'customer')?.value;
  const pairs = contactFields.map((field) => [
    field,
    said(field.slice(0, 1).toUpperCase() + field.slice(1)),
  ]);
  return Object.fromEntries(
    pairs.flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]])),
  );
}

/** Facts worth a place in the list; only what a proof vouches for. */
export function signedHighlights(conversation: Conversation): {
  vip: boolean;
  cart: number | null;
} {
  const signed = conversation.context.filter((variable) => variable.origin === 'signed');
  const vip = find(signed, 'isvip', 'vip');
  const cart = find(signed, 'cartvalue', 'cart');
  const value = cart === undefined ? Number.NaN : Number(cart.value);
  return {
    vip: vip !== undefined && ['true', '1', 'yes'].includes(String(vip.value).toLowerCase()),
    cart: Number.isFinite(value) && value > 0 ? value : null,
  };
}

/** `msdyn_cartvalue` → `cartvalue`, `isVip` → `is vip`: names as people read them. */
export function readableName(name: string): string {
  return name
    .replace(/^msdyn_/i, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .replace(/^is(vip)$/i, 'is VIP')
    .replace(/^cartvalue$/i, 'cart value')
    .toLowerCase()
    .replace(/\bvip\b/, 'VIP');
}

const numbers = new Intl.NumberFormat(locale);

export const readableValue = (value: string | number): string =>
  typeof value === 'number' ? numbers.format(value) : value;
