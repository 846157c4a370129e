/** A key pair of the site: when it signs, and until when it is published. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SiteKitError } from './site-kit-error.ts';

export interface KeyOptions {
  /** The `kid` that tokens and the published keys share. Never used again for another key. */
  id: string;
  /** PEM (PKCS #8 or PKCS #1), or a `KeyObject`, for one with a passphrase. */
  privateKey: string | Uint8Array | KeyObject;
  /** From when on it signs; it is published at once. Default: always. */
  signFrom?: Date | string | undefined;
  /** From when on it is no longer published, and what it signed is refused. Default: never. */
  retireAt?: Date | string | undefined;
}

export interface SigningKey {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Milliseconds since the epoch. */
  signFrom: number;
  retireAt: number;
}

const MIN_BITS = 2048;
const MAX_BITS = 8192;
const ID = /^[\w.-]{1,128}$/;

export function readKey(options: KeyOptions): SigningKey {
  const { id } = options;
  if (typeof id !== 'string' || !ID.test(id))
    throw fault(
      '`keys` has a key without a usable `id`: 1 to 128 letters, digits, dots and hyphens, such as "2026-q4".',
    );
  const privateKey = privateKeyOf(options);
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (privateKey.asymmetricKeyType !== 'rsa')
    throw fault(
      `The key ${id} is ${privateKey.asymmetricKeyType}; tokens are signed with RS256, which needs RSA. ${MAKE_ONE}`,
    );
  if (bits < MIN_BITS || bits > MAX_BITS)
    throw fault(
      `The key ${id} has ${bits} bits; a node takes ${MIN_BITS} to ${MAX_BITS}. ${MAKE_ONE}`,
    );
  return {
    id,
    privateKey,
    publicKey: createPublicKey(privateKey),
    signFrom: timeOf(options, 'signFrom') ?? Number.NEGATIVE_INFINITY,
    retireAt: timeOf(options, 'retireAt') ?? Number.POSITIVE_INFINITY,
  };
}

const MAKE_ONE = 'Make one with: npx @countersign/site-kit new-key';

function privateKeyOf({ id, privateKey }: KeyOptions): KeyObject {
  if (!privateKey)
    throw fault(
      `The key ${id} has no \`privateKey\`: give the text of its PEM file, and check that the file or the variable is there.`,
    );
  if (typeof privateKey === 'object' && 'type' in privateKey) {
    if (privateKey.type === 'private') return privateKey;
    throw fault(`The key ${id} is a ${privateKey.type} key; signing needs the private one.`);
  }
  const pem = Buffer.from(privateKey).toString('utf8').trim();
  // Settings of hosting providers often keep a PEM on one line
  const text = pem.includes('\n') ? pem : pem.replaceAll('\\n', '\n');
  if (text.includes('BEGIN PUBLIC KEY') || text.includes('BEGIN CERTIFICATE'))
    throw fault(
      `The key ${id} is public; signing needs the private one, whose file begins with -----BEGIN PRIVATE KEY-----.`,
    );
  if (!text.startsWith('-----BEGIN'))
    throw fault(
      `The key ${id} is no PEM: give what is in the file, from -----BEGIN PRIVATE KEY----- to its last line, not the file’s name.`,
    );
  if (text.includes('ENCRYPTED'))
    throw fault(
      `The key ${id} has a passphrase: give createPrivateKey({ key, passphrase }) of node:crypto.`,
    );
  try {
    return createPrivateKey(text);
  } catch (cause) {
    throw fault(
      `The key ${id} cannot be read; a character or a line of its PEM is missing or changed.`,
      cause,
    );
  }
}

function timeOf(options: KeyOptions, member: 'signFrom' | 'retireAt'): number | null {
  const given = options[member];
  if (given === undefined) return null;
  const time = new Date(given).getTime();
  if (Number.isNaN(time))
    throw fault(
      `\`${member}\` of the key ${options.id} is no time; write it as in "2026-12-01T06:00:00Z".`,
    );
  return time;
}

const fault = (message: string, cause?: unknown): SiteKitError =>
  new SiteKitError('invalid_key', message, cause === undefined ? undefined : { cause });
