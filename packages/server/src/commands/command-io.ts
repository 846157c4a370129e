/** What a command reads and prints through, so that a test can hold both. */
export interface CommandIo {
  print(line: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** `host:port`s that may be private and speak plain http. */
  allowPrivateHosts: string[];
}

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {}

/** `-`: from standard input, so that a token is in no shell history and no list of processes. */
export async function readToken(argument: string, io: CommandIo): Promise<string> {
  const token = (argument === '-' ? await io.readInput() : argument).trim();
  if (token === '') throw new UsageError('There is no token on standard input.');
  return token;
}

/** `host:port` of a URL that was named on the command line, and may then be private. */
export function hostOf(url: string): string[] {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return [];
  return [`${parsed.hostname}:${parsed.port || (parsed.protocol === 'https:' ? '443' : '80')}`];
}

/** `parseArgs` did not understand an option. */
export const isParseError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
