import { findPerson, type Person, people } from '../people.ts';
import { readFields } from '../site/request.ts';
import type { Customer } from './sessions.ts';
import { isTokenVariant } from './site-token.ts';
import { redirect, type Visit } from './visit.ts';

const MOST_CART_VALUE = 1_000_000;

/** `POST /portal/sign-in`: a sample person, without a password. */
export async function signInCustomer(visit: Visit): Promise<void> {
  const person = findPerson(people, (await readFields(visit.request)).get('person'));
  if (person) visit.shop.sessions.renew(visit.request, visit.response).customer = recordOf(person);
  redirect(visit, '/portal');
}

function recordOf({ id, givenName, familyName, email, cartValue, isVip }: Person): Customer {
  return { number: id, givenName, familyName, email, cartValue, isVip, variant: 'right' };
}

/** `POST /portal/record`: what the token is to say from now on. What is not valid stays as it was. */
export async function changeRecord(visit: Visit): Promise<void> {
  const fields = await readFields(visit.request);
  const customer = visit.shop.sessions.find(visit.request)?.customer;
  if (customer) {
    const number = fields.get('number')?.trim() ?? '';
    if (/^[A-Za-z0-9-]{1,36}$/.test(number)) customer.number = number;
    const value = Number(fields.get('cartValue') || Number.NaN);
    if (Number.isInteger(value) && value >= 0 && value <= MOST_CART_VALUE)
      customer.cartValue = value;
    customer.isVip = fields.get('isVip') === 'yes';
  }
  redirect(visit, '/portal');
}

/** `POST /portal/testing`: in what way the tokens of this session are to be wrong. */
export async function changeVariant(visit: Visit): Promise<void> {
  const variant = (await readFields(visit.request)).get('variant');
  const customer = visit.shop.sessions.find(visit.request)?.customer;
  if (customer && isTokenVariant(variant)) customer.variant = variant;
  redirect(visit, '/portal');
}

/** `POST /portal/sign-out` */
export function signOutCustomer(visit: Visit): void {
  const session = visit.shop.sessions.find(visit.request);
  if (session) delete session.customer;
  redirect(visit, '/portal');
}
