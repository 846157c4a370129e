import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** As in the schema of the file. */
const MAX_LENGTH = 4096;

/** Where secrets are read: the place where the command runs, never a node asked over HTTP. */
export interface SecretReaders {
  readEnvironment: (name: string) => string | undefined;
  /** Throws when the file cannot be read. */
  readFile: (path: string) => string;
  /** The file came over the network: it may not name what stands on this machine. */
  remote?: boolean;
}

export type SecretSource = string | { env: string } | { file: string };
export type SecretResult = { secret: string } | { fault: string };

/** Readers of this process. Paths are relative to the configuration file. */
export function localReaders(
  fileName: string,
  readEnvironment: (name: string) => string | undefined,
): SecretReaders {
  const folder = dirname(resolve(fileName));
  return { readEnvironment, readFile: (path) => readFileSync(resolve(folder, path), 'utf8') };
}

/**
 * Of a file that came over HTTP. An administrator of the business is not the operator of the machine,
 * and could have its files and variables sent to a provider; `countersign apply` fills them in.
 */
export const remoteReaders: SecretReaders = {
  remote: true,
  readEnvironment: () => undefined,
  readFile: () => {
    throw new Error('no file of this machine');
  },
};

/** Opens a source. The fault names the variable or the file, never a content. */
export function readSecret(source: SecretSource, readers: SecretReaders): SecretResult {
  if (typeof source === 'string') return { secret: source };
  if (readers.remote) {
    return {
      fault: 'expected the secret itself: { env } and { file } are read by countersign apply',
    };
  }
  if ('env' in source) {
    const secret = readers.readEnvironment(source.env);
    return secret
      ? bounded(secret, `the environment variable ${source.env}`)
      : {
          fault: `expected the environment variable ${source.env} to hold the secret: it is not set`,
        };
  }
  return readSecretFile(source.file, readers);
}

function readSecretFile(path: string, { readFile }: SecretReaders): SecretResult {
  try {
    const secret = readFile(path).replace(/\r?\n$/, '');
    return secret
      ? bounded(secret, `the file ${path}`)
      : { fault: `expected a secret in the file ${path}: it is empty` };
  } catch {
    return { fault: `expected a secret in the file ${path}: it cannot be read` };
  }
}

const bounded = (secret: string, where: string): SecretResult =>
  secret.length <= MAX_LENGTH
    ? { secret }
    : { fault: `expected at most ${MAX_LENGTH} characters in ${where}` };
