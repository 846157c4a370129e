import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Where secrets are read: the place where the command runs, never a node asked over HTTP. */
export interface SecretReaders {
  readEnvironment: (name: string) => string | undefined;
  /** Throws when the file cannot be read. */
  readFile: (path: string) => string;
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

/** Opens a source. The fault names the variable or the file, never a content. */
export function readSecret(source: SecretSource, readers: SecretReaders): SecretResult {
  if (typeof source === 'string') return { secret: source };
  if ('env' in source) {
    const secret = readers.readEnvironment(source.env);
    return secret
      ? { secret }
      : {
          fault: `expected the environment variable ${source.env} to hold the secret: it is not set`,
        };
  }
  return readSecretFile(source.file, readers);
}

function readSecretFile(path: string, { readFile }: SecretReaders): SecretResult {
  try {
    const secret = readFile(path).replace(/\r?\n$/, '');
    return secret ? { secret } : { fault: `expected a secret in the file ${path}: it is empty` };
  } catch {
    return { fault: `expected a secret in the file ${path}: it cannot be read` };
  }
}
