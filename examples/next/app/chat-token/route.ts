import { tokenRoute } from '@countersign/site-kit';
import { customerOf } from '@countersign-example/sample-site';
import { chat } from '../../chat';

export const POST = (request: Request): Promise<Response> =>
  tokenRoute(chat(), ({ headers }) => {
    const customer = customerOf(headers.get('cookie'));
    if (!customer) return null;
    const { id, givenName, familyName, email, cartValue } = customer;
    return { id, givenName, familyName, email, facts: { cartValue } };
  })(request);
