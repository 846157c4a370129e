import type { Outbound } from '../platform/index.ts';
import type { Checklist } from './checklist.ts';
import { type Fetched, fetchPage } from './fetch-page.ts';

/** The page that is to be judged. Null: it could not be had, and the list says why. */
export async function loadPage(
  url: string,
  { outbound, list }: { outbound: Outbound; list: Checklist },
): Promise<Fetched | null> {
  const page = await fetchPage(outbound, url, 'text/html');
  if ('problem' in page || page.status !== 200) {
    const why = 'problem' in page ? page.problem : `HTTP ${page.status}`;
    list.fail(
      'page',
      `${url}: ${why}`,
      'Give the final address of a page that answers without signing in.',
    );
    return null;
  }
  list.ok('page', `${url} answered in ${page.tookMs} ms`);
  return page;
}
