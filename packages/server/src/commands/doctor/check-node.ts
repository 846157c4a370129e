import { createHash } from 'node:crypto';
import { DeploymentConfig, DeploymentDomains } from '@countersign/protocol';
import { Value } from 'typebox/value';
import { isOriginAllowed } from '../../configuration/index.ts';
import type { Outbound } from '../../platform/index.ts';
import { type Checklist, fetchPage, type Snippet } from '../../site-checks/index.ts';

/** How the deployment signs customers in, as its public document says. */
export type SignIn = NonNullable<DeploymentConfig['countersign']['authentication']>;

/** The node, its loader, and the deployment. Null: nothing more can be asked. */
export async function checkNode(
  snippet: Snippet,
  page: string,
  { outbound, list }: { outbound: Outbound; list: Checklist },
): Promise<SignIn | null> {
  const { node, deploymentId } = snippet;
  const loader = await fetchPage(outbound, `${node}/messenger/loader.js`);
  if ('problem' in loader || loader.status !== 200) {
    const why = 'problem' in loader ? loader.problem : `HTTP ${loader.status}`;
    list.fail(
      'node',
      `${node}/messenger/loader.js: ${why}`,
      'Start the node, or correct its address in the snippet; --node URL names another.',
    );
    return null;
  }
  list.ok('node', `${node} answered in ${loader.tookMs} ms`);
  checkIntegrity(snippet, loader.body, list);
  if (deploymentId === null && snippet.script.src === '') {
    list.skip('deployment', 'its id stands in the snippet, which was not found');
    return null;
  }
  if (deploymentId === null) {
    list.fail(
      'deployment',
      'the snippet names no deploymentId',
      'Copy the snippet with the deployment id that your administrator gives you.',
    );
    return null;
  }
  const root = `${node}/webdeployments/v1/deployments/${deploymentId}`;
  const config = await document(outbound, `${root}/config.json`);
  if (!Value.Check(DeploymentConfig, config)) {
    list.fail(
      'deployment',
      `${node} knows no deployment ${deploymentId}`,
      'Compare the id in the snippet with the one in the configuration.',
    );
    return null;
  }
  if (config.status !== 'Active') {
    list.fail(
      'deployment',
      `${deploymentId} is ${config.status}`,
      'Set its status to Active and apply the configuration.',
    );
    return null;
  }
  list.ok('deployment', `${deploymentId} is active`);
  await checkDomain(`${root}/domains.json`, { page, node }, outbound, list);
  const { authentication } = config.countersign;
  list.ok('authentication', authentication?.type ?? 'off: guests only');
  return authentication ?? null;
}

function checkIntegrity({ integrity }: Snippet, loader: string, list: Checklist): void {
  if (integrity === null) return;
  const [algorithm = ''] = integrity.split('-');
  const actual = `${algorithm}-${createHash(algorithm).update(loader).digest('base64')}`;
  if (actual === integrity) list.ok('integrity', 'the loader is the one that the snippet names');
  else
    list.fail(
      'integrity',
      `the snippet names ${integrity}`,
      `Put the hash of this node's loader into the snippet: ${actual}`,
    );
}

async function checkDomain(
  url: string,
  { page, node }: { page: string; node: string },
  outbound: Outbound,
  list: Checklist,
): Promise<void> {
  const domains = await document(outbound, url);
  const { origin, hostname } = new URL(page);
  if (!Value.Check(DeploymentDomains, domains))
    list.fail('domain', `${url} gives no list`, 'Look at the log of the node.');
  else if (isOriginAllowed(domains, origin, node)) list.ok('domain', `${hostname} is allowed`);
  else
    list.fail(
      'domain',
      `${hostname} is not among ${domains.allowedDomains.join(', ') || 'none'}`,
      `Add ${hostname} to allowedDomains of the deployment.`,
    );
}

async function document(outbound: Outbound, url: string): Promise<unknown> {
  const answer = await fetchPage(outbound, url, 'application/json');
  if ('problem' in answer || answer.status !== 200) return null;
  try {
    return JSON.parse(answer.body);
  } catch {
    return null;
  }
}
