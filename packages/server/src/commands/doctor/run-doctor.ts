import { parseArgs } from 'node:util';
import { createOutbound, type Outbound } from '../../platform/index.ts';
import {
  Checklist,
  checkPolicy,
  type Finding,
  findSnippet,
  loadPage,
  loadScripts,
  PATIENCE_MS,
  type PageScript,
  type Snippet,
} from '../../site-checks/index.ts';
import {
  type CommandIo,
  EXIT_FAILED,
  EXIT_OK,
  EXIT_USAGE,
  hostOf,
  isParseError,
  readToken,
  UsageError,
} from '../command-io.ts';
import { checkFunction } from './check-function.ts';
import { checkClock, checkKeys } from './check-keys.ts';
import { checkNode } from './check-node.ts';
import { checkToken } from './check-token.ts';

export const DOCTOR_USAGE = `Usage: countersign doctor URL [--node URL] [--keys URL] [--token TOKEN|-] [--json]

  Checks a page with the messenger: the snippet, the Content Security Policy, the node and
  its deployment, the keys of a site that signs its own tokens, and the page's function.

  URL          a page of the site, as a customer opens it
  --node URL   the node, where the snippet is added at run time and cannot be found
  --keys URL   where the site publishes its public keys
  --token T    a sample token to try; - reads it from standard input
  --json       one JSON object instead of text

  Exit code: 0 nothing failed, 1 something failed, 2 called wrongly.
`;

interface Call {
  page: string;
  node: string | null;
  keys: string | null;
  token: string | null;
  json: boolean;
}

/** `countersign doctor`. Answers the exit code. */
export async function runDoctor(args: string[], io: CommandIo): Promise<number> {
  let call: Call;
  try {
    call = await readCall(args, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !isParseError(error)) throw error;
    io.print(`countersign: ${error instanceof Error ? error.message : ''}`);
    io.print(DOCTOR_USAGE);
    return EXIT_USAGE;
  }
  // Whoever names a host on the command line means it; what a page names goes through the guard
  const named = [call.page, call.node, call.keys].flatMap((url) =>
    url === null ? [] : hostOf(url),
  );
  const outbound = createOutbound({
    allowedHosts: [...io.allowPrivateHosts, ...named],
    timeoutMs: PATIENCE_MS,
  });
  const list = new Checklist();
  try {
    await examine(call, { outbound, list });
  } finally {
    await outbound.close();
  }
  if (call.json) io.print(JSON.stringify({ ok: !list.failed, findings: list.findings }, null, 2));
  else printFindings(list, io);
  return list.failed ? EXIT_FAILED : EXIT_OK;
}

async function readCall(args: string[], io: CommandIo): Promise<Call> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      node: { type: 'string' },
      keys: { type: 'string' },
      token: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [page, ...more] = positionals;
  if (page === undefined || more.length > 0) throw new UsageError('Give one URL of a page.');
  for (const url of [page, values.node, values.keys])
    if (url !== undefined && hostOf(url).length === 0)
      throw new UsageError(`${JSON.stringify(url)} is not an http or https URL.`);
  return {
    page,
    node: values.node ?? null,
    keys: values.keys ?? null,
    token: values.token === undefined ? null : await readToken(values.token, io),
    json: values.json,
  };
}

interface Tools {
  outbound: Outbound;
  list: Checklist;
}

async function examine(call: Call, tools: Tools): Promise<void> {
  const { list } = tools;
  const page = await loadPage(call.page, tools);
  if (page === null) return;
  checkClock('page: clock', page, list);
  const scripts = await loadScripts(page, tools.outbound);
  const snippet = snippetOf(call, scripts, list);
  if (snippet === null) return;
  checkPolicy(page, snippet, list);
  const signIn = await checkNode(snippet, page.url, tools);
  if (signIn === null) return;
  checkFunction(signIn, scripts, list);
  if (signIn.type !== 'signed-token') return;
  await checkToken(call.token, await checkKeys(call.keys, page.url, tools), list);
}

const NO_SNIPPET = 'no script of the page loads /messenger/loader.js of a node';
/** A snippet that a script adds later: nothing of it can be judged. */
const UNSEEN: PageScript = { src: '', nonce: null, text: '' };

function snippetOf(call: Call, scripts: PageScript[], list: Checklist): Snippet | null {
  const node = call.node === null ? null : new URL(call.node).origin;
  const found = findSnippet(scripts);
  if (found !== null) {
    list.ok('snippet', `${found.node}, deployment ${found.deploymentId ?? 'not named'}`);
    return node === null ? found : { ...found, node };
  }
  if (node !== null) {
    list.warn('snippet', NO_SNIPPET, 'If it is added at run time, ignore this; else paste it.');
    return { node, deploymentId: null, integrity: null, script: UNSEEN };
  }
  list.fail(
    'snippet',
    NO_SNIPPET,
    'Paste the snippet of the guide for site developers into the page, before </body>.',
  );
  return null;
}

const MARKS: Record<Finding['status'], string> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '–',
};

function printFindings({ findings, failed }: Checklist, io: CommandIo): void {
  for (const { name, status, observed, remedy } of findings) {
    io.print(`${MARKS[status]} ${name}: ${observed}`);
    if (remedy !== undefined) io.print(`    ${remedy}`);
  }
  const count = (status: Finding['status']) =>
    findings.filter((one) => one.status === status).length;
  io.print('');
  io.print(
    failed
      ? `${count('failed')} of ${findings.length} checks failed.`
      : `Nothing failed; ${count('warning')} warnings, ${count('skipped')} skipped.`,
  );
}
