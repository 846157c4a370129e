import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkSignedToken, createKeySets, type KeySets, keysOfText } from '../identity/index.ts';
import { type Clock, createOutbound, Fault, systemClock } from '../platform/index.ts';
import {
  type CommandIo,
  EXIT_FAILED,
  EXIT_OK,
  EXIT_USAGE,
  isParseError,
  readToken,
  UsageError,
} from './command-io.ts';

export const INSPECT_USAGE = `Usage: countersign inspect-token [TOKEN | -] --keys FILE|URL

  Holds a site-signed token against public keys and prints every check, what was seen and
  what was expected. Without TOKEN, or with -, it is read from standard input.

  --keys FILE|URL        PEM, key array or JWK set
  --issuer I             what \`iss\` must be
  --audience A           what \`aud\` must be
  --clock-tolerance S    seconds, default 30
  --max-lifetime S       longest \`exp\` − \`iat\`, seconds, default 86400
  --json                 one JSON object instead of text

  Exit code: 0 accepted, 1 refused, 2 called wrongly.
`;

/** `countersign inspect-token`. Answers the exit code. */
export async function runInspectToken(args: string[], io: CommandIo): Promise<number> {
  try {
    return await inspect(args, io);
  } catch (error) {
    const isUsage = error instanceof UsageError || isParseError(error);
    if (!isUsage && !(error instanceof Fault)) throw error;
    io.print(`countersign: ${error instanceof Error ? error.message : ''}`);
    if (isUsage) io.print(INSPECT_USAGE);
    return EXIT_USAGE;
  }
}

async function inspect(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      issuer: { type: 'string' },
      audience: { type: 'string' },
      'clock-tolerance': { type: 'string', default: '30' },
      'max-lifetime': { type: 'string', default: '86400' },
      json: { type: 'boolean', default: false },
    },
  });
  const { keys, issuer, audience } = values;
  if (keys === undefined) throw new UsageError('--keys is missing: a file or a URL.');
  if (positionals.length > 1) throw new UsageError('Give one token.');
  const token = await readToken(positionals[0] ?? '-', io);
  const setting = {
    id: '',
    name: 'inspect-token',
    type: 'signed-token' as const,
    publicKeyUrl: keys,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
    clockTolerance: seconds('--clock-tolerance', values['clock-tolerance']),
    maxLifetime: seconds('--max-lifetime', values['max-lifetime']),
    singleUse: false,
    reproof: 'session' as const,
  };
  const outbound = createOutbound({ allowedHosts: io.allowPrivateHosts });
  try {
    const keySets = await openKeys(keys, outbound, systemClock);
    const examined = await checkSignedToken(setting, token, { keySets, nowMs: Date.now() });
    const { checks, refusal, identity } = examined;
    if (values.json) {
      const outcome = refusal === null ? 'accepted' : 'refused';
      const { reason = null, hint = null } = refusal ?? {};
      const subject = identity?.subject ?? null;
      io.print(JSON.stringify({ outcome, reason, hint, subject, checks }, null, 2));
    } else {
      for (const check of checks) printCheck(check, io);
      io.print('');
      if (refusal === null) io.print(`Accepted: ${identity?.subject ?? ''}`);
      else io.print(`Refused, ${refusal.reason}: ${refusal.hint}`);
    }
    return refusal === null ? EXIT_OK : EXIT_FAILED;
  } finally {
    await outbound.close();
  }
}

const IS_URL = /^https?:\/\//i;

async function openKeys(
  keys: string,
  outbound: Parameters<typeof createKeySets>[0]['outbound'],
  clock: Clock,
): Promise<KeySets> {
  if (IS_URL.test(keys)) return createKeySets({ outbound, clock });
  const text = await readFile(keys, 'utf8').catch(() => {
    throw new UsageError(`The file ${keys} cannot be read.`);
  });
  return keysOfText(text, clock);
}

function printCheck(
  check: { name: string; passed: boolean; observed?: string; expected?: string },
  io: CommandIo,
): void {
  const { name, passed, observed = '', expected } = check;
  io.print(`${passed ? '✓' : '✗'} ${name.padEnd(12)} ${observed}`);
  if (expected !== undefined) io.print(`  ${''.padEnd(12)} expected: ${expected}`);
}

function seconds(option: string, text: string): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text)) return value;
  throw new UsageError(`${option} is ${JSON.stringify(text)}; expected whole seconds.`);
}
