// The command line. Thin: each command calls one function.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { runApply, runExport } from './administration/index.ts';
import { runVerifyTrail } from './conversations/index.ts';
import { type RunningNode, startNode } from './node.ts';
import { Fault } from './platform/index.ts';
import { readSettings, type Settings } from './settings.ts';

const USAGE = `Usage: countersign COMMAND

  serve [--config FILE]    start a node; FILE is applied before the port opens
  apply FILE [--url URL] [--prune [--yes]]
                           apply a configuration file to a running node
                           (COUNTERSIGN_API_KEY: an administrator's API key); --prune deletes what
                           a file once made and this one no longer names, after asking
  export-config [--url URL] [--secrets] [--out FILE]
                           print the configuration of a running node as a file to apply
  verify-trail FILE [--head HEX] [--json]
                           check an exported identity trail, offline; HEX: a head kept elsewhere.
                           Exit code 0: whole, 1: broken, 2: cannot be read
  inspect-token [TOKEN|-]  hold a site-signed token against public keys, check by check
  doctor URL               check a page with the messenger, from its policy to its keys
  demo                     start a node with the sample shop and its identity provider

Settings of a node are environment variables: docs/operations/settings.md.
`;

const [command, ...rest] = process.argv.slice(2);
try {
  process.exitCode = await run();
} catch (cause) {
  process.stderr.write(explain(cause));
  process.exitCode = 1;
}

async function run(): Promise<number> {
  switch (command) {
    case 'serve':
      return serve();
    case 'demo':
      return demo();
    case 'apply':
      return apply();
    case 'export-config':
      return exportConfig();
    case 'verify-trail':
      return verifyTrail();
    case 'inspect-token':
      return (await import('./commands/index.ts')).runInspectToken(rest, commandIo());
    case 'doctor':
      return (await import('./commands/index.ts')).runDoctor(rest, commandIo());
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(USAGE);
      return 0;
    default:
      process.stderr.write(command ? `There is no command ${command}.\n\n${USAGE}` : USAGE);
      return 2;
  }
}

/** Loaded only when asked for: a node that serves has no use for the sample world. */
async function demo(): Promise<number> {
  const { startDemo } = await import('./demo.ts');
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  return untilStopped(await startDemo(readSettings(), print));
}

async function serve(): Promise<number> {
  const { values } = parseArgs({ args: rest, options: { config: { type: 'string' } } });
  const file = values.config;
  const node = await startNode({
    settings: readSettings(),
    ...(file ? { configurationFile: { text: readFile(file), fileName: file } } : {}),
    onLost: (cause) => {
      process.stderr.write(explain(cause));
      process.exit(1);
    },
  });
  process.stdout.write(`ready ${node.url}\n`);
  const first = node.firstAdministratorUrl;
  if (first) process.stdout.write(`first administrator (once, within 24 hours) ${first}\n`);
  return untilStopped(node);
}

async function apply(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      prune: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  });
  const settings = readSettings();
  const file = positionals[0];
  if (!file) {
    process.stderr.write(USAGE);
    return 2;
  }
  return runApply({
    text: readFile(file),
    fileName: file,
    url: values.url ?? nodeUrl(settings),
    apiKey: settings.secrets.apiKey,
    readEnvironment: settings.readEnvironment,
    prune: values.prune,
    confirm: values.yes ? async () => true : askAtTerminal,
    print: (line) => void process.stdout.write(`${line}\n`),
  });
}

/** No terminal, no answer: then nothing is deleted. */
async function askAtTerminal(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write(`${question} Run it again with --yes.\n`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function exportConfig(): Promise<number> {
  const { values } = parseArgs({
    args: rest,
    options: {
      url: { type: 'string' },
      secrets: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const settings = readSettings();
  return runExport({
    url: values.url ?? nodeUrl(settings),
    apiKey: settings.secrets.apiKey,
    secrets: values.secrets,
    out: values.out,
    print: (text) => void process.stdout.write(text),
    tell: (line) => void process.stderr.write(`${line}\n`),
  });
}

/** Where a node of these settings is asked. */
const nodeUrl = ({ publicUrl, port }: Settings): string => publicUrl ?? `http://127.0.0.1:${port}`;

function verifyTrail(): number {
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { head: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [file] = positionals;
    if (file && positionals.length === 1) {
      const print = (line: string) => void process.stdout.write(`${line}\n`);
      return runVerifyTrail({ text: readFile(file), head: values.head, json: values.json, print });
    }
    process.stderr.write(USAGE);
  } catch (cause) {
    process.stderr.write(explain(cause));
  }
  return 2;
}

function commandIo() {
  return {
    print: (line: string) => void process.stdout.write(`${line}\n`),
    readInput: () => text(process.stdin),
    allowPrivateHosts: readSettings().allowPrivateHosts,
  };
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Fault('file_unreadable', 400, `The file ${path} cannot be read.`, { cause });
  }
}

/** Ends with the first SIGTERM or SIGINT, after everything is closed; a second one ends at once. */
function untilStopped(node: Pick<RunningNode, 'close'>): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      node.close().then(
        () => resolve(0),
        () => resolve(1),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

/** What went wrong, for whoever started the command: the sentence of a fault, else the error itself. */
function explain(cause: unknown): string {
  if (cause instanceof Fault) {
    return `countersign: ${cause.message}${cause.detail ? `\n${cause.detail}` : ''}\n`;
  }
  return `countersign: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`;
}
