#!/usr/bin/env node
// npx @countersign/site-kit new-key [--folder chat-keys] [--id 2026-11-24]
import { parseArgs } from 'node:util';
import { newKey } from './new-key.ts';

const USAGE = `Usage: site-kit new-key [--folder FOLDER] [--id ID]

Makes a key pair for signing customers' tokens and writes FOLDER/ID.pem, readable by you alone.
  --folder   where to write it (default: chat-keys)
  --id       its id, the kid of tokens (default: today's date)`;

process.exitCode = run(process.argv.slice(2));

/** 0: done. 1: not possible. 2: called wrongly. */
function run(args: string[]): number {
  const call = read(args);
  if (call === null) return misused();
  const id = call.id ?? new Date().toISOString().slice(0, 10);
  if (!/^[\w.-]{1,128}$/.test(id) || id.startsWith('.')) return misused();
  try {
    process.stdout.write(newKey({ folder: call.folder, id, nowMs: Date.now() }).advice);
    return 0;
  } catch (cause) {
    process.stderr.write(`${explain(cause, id)}\n`);
    return 1;
  }
}

function read(args: string[]): { folder: string; id?: string } | null {
  const options = {
    folder: { type: 'string', default: 'chat-keys' },
    id: { type: 'string' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.join() !== 'new-key') return null;
    const { folder, id } = values;
    return { folder, ...(id !== undefined && { id }) };
  } catch {
    return null;
  }
}

function misused(): number {
  process.stderr.write(`${USAGE}\n`);
  return 2;
}

function explain(cause: unknown, id: string): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
    return `There is a key ${id} already, and it stays as it is. Choose another id with --id.`;
  return `No key was written: ${cause instanceof Error ? cause.message : cause}`;
}
