import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from './fault.ts';
import { newId } from './ids.ts';
import { SEALING_KEY_BYTES } from './seal.ts';

/** The 32 bytes of a key in hexadecimal, base64 or base64url; undefined for anything else. */
export function parseSealingKey(text: string): Uint8Array | undefined {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64url';
  if (encoding === 'base64url' && !/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;
  const key = Buffer.from(text, encoding);
  return key.byteLength === SEALING_KEY_BYTES ? new Uint8Array(key) : undefined;
}

/**
 * The key in `<dataDir>/key`, made on first use with mode 0600. Whole or not there at all: of two
 * nodes that start together one makes it, and a kill half-way leaves nothing.
 * Throws `Fault` `sealing_key` when the file holds something else.
 */
export async function keepSealingKey(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'key');
  const kept = await read(path);
  if (kept !== undefined) return kept;
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const draft = join(dataDir, `key.${newId()}`);
  try {
    await write(draft, `${randomBytes(SEALING_KEY_BYTES).toString('base64url')}\n`);
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(dataDir);
  const made = await read(path);
  if (made === undefined) throw unreadable(path);
  return made;
}

async function read(path: string): Promise<Uint8Array | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  });
  if (text === undefined) return undefined;
  const key = parseSealingKey(text.trim());
  if (key === undefined) throw unreadable(path);
  return key;
}

async function write(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path);
  await directory.sync().finally(() => directory.close());
}

const unreadable = (path: string, cause?: unknown): Fault =>
  new Fault(
    'sealing_key',
    500,
    `${path} does not hold a readable key of 32 bytes. Put the key back that it held, or set COUNTERSIGN_KEY.`,
    { cause },
  );
