import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BITS = 3072;
/** A node looks for new keys within this time; so long a key is published before it signs. */
const HEAD_START_MS = 60 * 60 * 1000;

export interface NewKey {
  id: string;
  file: string;
  /** What to do next, for people. */
  advice: string;
}

/** Makes a key pair and writes the private key where only its owner reads it. Never replaces a file. */
export function newKey({
  folder,
  id,
  nowMs,
}: {
  folder: string;
  id: string;
  nowMs: number;
}): NewKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${id}.pem`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: BITS });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  return { id, file, advice: adviceFor(id, file, new Date(nowMs + HEAD_START_MS)) };
}

const adviceFor = (id: string, file: string, signFrom: Date): string => `
${file} is a new private key (RSA, ${BITS} bits), readable by you alone.
Whoever has it can pass for any of your customers: keep it out of version control and out of images, and
give it to your servers the way they get other secrets.

The first key of a site:

  createSiteKit({
    issuer: 'shop.example',
    keys: [{ id: '${id}', privateKey: readFileSync('${file}') }],
  });

A new key beside an old one. It is published at once, and signs from a time on that is at least ten minutes
after all your servers run with it:

  keys: [
    { id: 'the old one', privateKey: … },
    { id: '${id}', privateKey: readFileSync('${file}'), signFrom: '${signFrom.toISOString()}' },
  ],

When the console says of the old key that it is safe to retire, take it out.
Check the result:  npx countersign doctor https://shop.example --keys https://shop.example/chat-keys
`;
