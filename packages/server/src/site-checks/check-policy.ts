import type { Checklist } from './checklist.ts';
import { type Policy, parsePolicies, refusing, refusingInline } from './content-policy.ts';
import type { Fetched } from './fetch-page.ts';
import type { Snippet } from './find-snippet.ts';
import { metaPolicies } from './page-scripts.ts';

/** Whether the page's Content Security Policy lets the messenger in: header and meta hold together. */
export function checkPolicy(page: Fetched, { node, script }: Snippet, list: Checklist): void {
  const header = page.headers.get('content-security-policy') ?? '';
  const policies = [
    ...parsePolicies(header).map((policy) => ({ policy, where: 'header' })),
    ...metaPolicies(page.body)
      .flatMap(parsePolicies)
      .map((policy) => ({ policy, where: 'meta element' })),
  ];
  if (policies.length === 0) {
    list.ok('policy', 'no Content Security Policy: nothing is refused');
    return;
  }
  const loader = `${node}/messenger/loader.js`;
  const kinds = [
    [
      'policy: script-src',
      (policy: Policy) => refusing(policy, 'script', loader, page.url, script.nonce),
    ],
    [
      'policy: frame-src',
      (policy: Policy) => refusing(policy, 'frame', `${node}/messenger/`, page.url),
    ],
  ] as const;
  for (const [name, refusedBy] of kinds) {
    const refusal = policies
      .map((one) => ({ ...one, by: refusedBy(one.policy) }))
      .find(({ by }) => by);
    if (!refusal?.by) list.ok(name, `${node} may load`);
    else list.fail(name, refusedAs(refusal.by, refusal.where), lineToAdd(name, refusal.by, node));
  }
  checkInline(policies, script, list);
}

function checkInline(
  policies: { policy: Policy; where: string }[],
  script: Snippet['script'],
  list: Checklist,
): void {
  if (script.src !== null) return;
  const name = 'policy: the snippet itself';
  const refusal = policies
    .map((one) => ({ ...one, by: refusingInline(one.policy, script.nonce) }))
    .find(({ by }) => by);
  if (!refusal?.by) list.ok(name, 'it may run');
  else
    list.fail(
      name,
      refusedAs(refusal.by, refusal.where),
      `Give the snippet a nonce, new with each answer: <script nonce="RANDOM"> and in the policy: ${refusal.by.directive} ${[...refusal.by.sources, "'nonce-RANDOM'"].join(' ')}`,
    );
}

const refusedAs = (
  { directive, sources }: { directive: string; sources: readonly string[] },
  where: string,
) => `the ${where} has ${directive} ${sources.join(' ') || "'none'"}`;

/** The whole directive, to be put in place of what is there. */
function lineToAdd(
  name: string,
  { directive, sources }: { directive: string; sources: readonly string[] },
  node: string,
): string {
  const wanted = name.endsWith('frame-src')
    ? 'frame-src'
    : directive === 'script-src-elem'
      ? directive
      : 'script-src';
  const kept = sources.filter((source) => source !== "'none'");
  return directive === wanted
    ? `Write in the policy: ${wanted} ${[...kept, node].join(' ')}`
    : `Add to the policy: ${wanted} ${[...kept, node].join(' ')} (${directive} stands in for it now)`;
}
