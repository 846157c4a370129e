// A command as it is called, with what it printed.
import type { CommandIo } from '../src/commands/command-io.ts';

export type Run = (args: string[], io: CommandIo) => Promise<number>;

export async function runCommand(
  run: Run,
  args: string[],
  options: { input?: string; allowPrivateHosts?: string[] } = {},
): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const code = await run(args, {
    print: (line) => void lines.push(line),
    readInput: async () => options.input ?? '',
    allowPrivateHosts: options.allowPrivateHosts ?? [],
  });
  return { code, output: lines.join('\n') };
}
