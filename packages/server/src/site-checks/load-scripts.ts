import type { Outbound } from '../platform/index.ts';
import { type Fetched, fetchPage } from './fetch-page.ts';
import { type PageScript, pageScripts } from './page-scripts.ts';

/** Enough for any real page. */
const MOST_SCRIPTS = 40;

/** Inline ones, and those of the page's own origin: where the site's code is. */
export async function loadScripts(page: Fetched, outbound: Outbound): Promise<PageScript[]> {
  const scripts = pageScripts(page.body).slice(0, MOST_SCRIPTS);
  return Promise.all(
    scripts.map(async (script) => {
      const url = script.src === null ? null : URL.parse(script.src, page.url);
      if (url === null || url.origin !== new URL(page.url).origin) return script;
      const answer = await fetchPage(outbound, url.href);
      return { ...script, text: 'body' in answer && answer.status === 200 ? answer.body : '' };
    }),
  );
}
