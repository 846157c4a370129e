import { ConfigurationChange, ConfigurationFault } from '@countersign/protocol';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type ApplyParts, applyConfiguration, byNode } from './apply-configuration.ts';
import { inlineSecrets, localReaders } from './configuration-file/index.ts';

export interface FileToApply {
  text: string;
  /** The path as it was given: faults name it, and `{ file: PATH }` is relative to its folder. */
  fileName: string;
  /** A variable of this process, where `{ env: NAME }` stands. */
  readEnvironment: (name: string) => string | undefined;
}

export interface RunApply extends FileToApply {
  /** Of a running node. */
  url: string;
  apiKey: string | undefined;
  /** Deletes what a file once made and this one no longer names, once `confirm` says so. */
  prune?: boolean;
  /** Asks the person at the terminal. */
  confirm?: (question: string) => Promise<boolean>;
  print: (line: string) => void;
}

const Applied = Type.Object({ changes: Type.Array(ConfigurationChange) });
const Refused = Type.Object({ faults: Type.Array(ConfigurationFault) });
const Explained = Type.Object({ detail: Type.String() });

const TIMEOUT_MS = 60_000;

/**
 * Applies a file to the database itself, before a node opens its ports. All or nothing. Faults are
 * lines such as `countersign.yaml:12: deployments[0].workstream: expected …`.
 */
export async function applyFile(
  parts: ApplyParts,
  file: FileToApply,
): Promise<{ changes: ConfigurationChange[] } | { faults: string[] }> {
  const readers = localReaders(file.fileName, file.readEnvironment);
  const result = await applyConfiguration(parts, file.text, readers, byNode);
  return 'faults' in result ? { faults: faultLines(file, result.faults) } : result;
}

/**
 * `countersign apply`: sends a file to a running node, its secrets read here. Prints what changed, or
 * every fault. Answers the exit code: 0 applied, 1 faults or refused, 2 node out of reach or no key.
 */
export async function runApply(run: RunApply): Promise<number> {
  const { url, apiKey, print } = run;
  if (!apiKey) {
    print('countersign: set COUNTERSIGN_API_KEY to the API key of an administrator');
    return 2;
  }
  const read = inlineSecrets(run.text, localReaders(run.fileName, run.readEnvironment));
  if ('faults' in read) return printFaults(run, read.faults);
  if (run.prune) {
    const refused = await askToPrune(run, apiKey, read.text);
    if (refused !== null) return refused;
  }
  const answer = await post(url, apiKey, read.text, { prune: run.prune === true });
  return printAnswer(run, answer);
}

/** Lists what would be deleted and asks. Null: go on; else the exit code. */
async function askToPrune(run: RunApply, apiKey: string, text: string): Promise<number | null> {
  const { url, print, confirm = async () => false } = run;
  const answer = await post(url, apiKey, text, { prune: true, rehearse: true });
  if (!Value.Check(Applied, answer?.body)) return printAnswer(run, answer);
  const gone = answer.body.changes.filter(({ action }) => action === 'deleted');
  if (gone.length === 0) return null;
  for (const { kind, name } of gone) print(`would delete ${kind} ${name}`);
  if (await confirm(`Delete ${gone.length === 1 ? 'it' : `these ${gone.length}`}?`)) return null;
  print('nothing was changed');
  return 1;
}

function printAnswer(run: RunApply, answer: Answer | null): number {
  const { url, print } = run;
  if (!answer) {
    print(`countersign: no node answers at ${url}`);
    return 2;
  }
  if (Value.Check(Applied, answer.body)) return printChanges(run, answer.body.changes);
  if (Value.Check(Refused, answer.body)) return printFaults(run, answer.body.faults);
  const detail = Value.Check(Explained, answer.body) ? answer.body.detail : 'no explanation';
  print(`countersign: the node refused with ${answer.status}: ${detail}`);
  return 1;
}

interface Answer {
  status: number;
  body: unknown;
}

/** Null: out of reach. Redirects are not followed: the key is for the node that was named. */
async function post(
  url: string,
  apiKey: string,
  text: string,
  options: { prune: boolean; rehearse?: boolean },
): Promise<Answer | null> {
  try {
    const query = new URLSearchParams(
      Object.entries(options).flatMap(([name, set]) => (set ? [[name, 'true']] : [])),
    );
    const path = query.size > 0 ? `/api/configuration?${query}` : '/api/configuration';
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'text/yaml' },
      body: text,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return null;
  }
}

function printChanges({ print }: RunApply, changes: ConfigurationChange[]): number {
  for (const { kind, name, action } of changes) print(`${action.padEnd(9)} ${kind} ${name}`);
  const changed = changes.filter(({ action }) => action !== 'unchanged').length;
  print(changed === 0 ? 'nothing to change' : `${changed} of ${changes.length} objects changed`);
  return 0;
}

function printFaults(run: RunApply, faults: ConfigurationFault[]): number {
  for (const line of faultLines(run, faults)) run.print(line);
  return 1;
}

const faultLines = ({ fileName }: FileToApply, faults: ConfigurationFault[]): string[] =>
  faults.map(
    ({ line, path, message }) => `${fileName}:${line}:${path ? ` ${path}:` : ''} ${message}`,
  );
