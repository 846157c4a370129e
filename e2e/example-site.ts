// A program of examples/, started as its readme says, with the settings that a test gives it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const EXAMPLES = join(import.meta.dirname, '../examples');
const MODULES = join(EXAMPLES, 'node_modules');
const BIN = {
  vite: join(MODULES, 'vite/bin/vite.js'),
  next: join(MODULES, 'next/dist/bin/next'),
};

export interface ExampleProgram {
  child: ChildProcess;
  stop(): Promise<void>;
}

export interface ExampleCall {
  /** A folder of examples/. */
  folder: string;
  /** `node` and these; the name of a tool for its command. */
  args: (string | keyof typeof BIN)[];
  environment: Record<string, string>;
}

/** Resolves when the program has said that it is ready. */
export async function startExample(call: ExampleCall): Promise<ExampleProgram> {
  const child = start(call);
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    const hear = (chunk: Buffer) => {
      text += chunk;
      if (/A shop: http|Ready in|Connected as/.test(text)) resolve('');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => resolve(text || 'nothing'));
    child.once('error', reject);
  });
  if (said !== '') throw new Error(`examples/${call.folder} did not start; it said:\n${said}`);
  return {
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** Runs a build to its end. */
export async function buildExample(call: ExampleCall): Promise<void> {
  const child = start(call);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`examples/${call.folder} was not built:\n${text}`);
}

function start({ folder, args, environment }: ExampleCall): ChildProcess {
  const tools: Record<string, string> = BIN;
  return spawn(
    process.execPath,
    args.map((arg) => tools[arg] ?? arg),
    {
      cwd: join(EXAMPLES, folder),
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
}
