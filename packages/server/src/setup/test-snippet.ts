import type { SnippetTest } from '@countersign/protocol';
import { type Deployment, isOriginAllowed } from '../configuration/index.ts';
import type { Outbound } from '../platform/index.ts';
import {
  Checklist,
  checkPolicy,
  findSnippet,
  loadPage,
  loadScripts,
  type Snippet,
} from '../site-checks/index.ts';

interface Asked {
  deployment: Deployment;
  url: string;
  publicUrl: string;
}

/** Fetches a page, and says whether this deployment's messenger can run there. */
export async function testSnippet(
  { deployment, url, publicUrl }: Asked,
  outbound: Outbound,
): Promise<SnippetTest> {
  const list = new Checklist();
  const page = await loadPage(url, { outbound, list });
  if (page === null) return answer(list);
  checkDomain(deployment, page.url, publicUrl, list);
  const snippet = findSnippet(await loadScripts(page, outbound));
  if (snippet === null) {
    list.fail(
      'snippet',
      'no script of the page loads /messenger/loader.js of a node',
      'Paste the snippet into the page, before </body>; one that is added at run time is not seen here.',
    );
    return answer(list);
  }
  checkSnippet(snippet, deployment, publicUrl, list);
  checkPolicy(page, snippet, list);
  return answer(list);
}

const answer = (list: Checklist): SnippetTest => ({ ok: !list.failed, checks: list.findings });

function checkSnippet(
  { node, deploymentId }: Snippet,
  { id }: Deployment,
  publicUrl: string,
  list: Checklist,
): void {
  const own = new URL(publicUrl).origin;
  if (node === own) list.ok('snippet', `it loads the messenger of ${node}`);
  else list.fail('snippet', `it loads the messenger of ${node}`, `Let it load that of ${own}.`);
  if (deploymentId === id) list.ok('deployment', `the snippet names ${id}`);
  else
    list.fail(
      'deployment',
      `the snippet names ${deploymentId ?? 'no deployment'}`,
      `Let it name the deployment ${id}.`,
    );
}

function checkDomain(
  deployment: Deployment,
  page: string,
  publicUrl: string,
  list: Checklist,
): void {
  const { origin, hostname } = new URL(page);
  if (isOriginAllowed(deployment, origin, publicUrl)) list.ok('domain', `${hostname} is allowed`);
  else
    list.fail(
      'domain',
      `${hostname} is not among ${deployment.allowedDomains.join(', ') || 'none'}`,
      `Add ${hostname} to the allowed domains of “${deployment.name}”.`,
    );
}
