import { randomBytes, sign } from 'node:crypto';
import { type SigningKey, signingKey } from './signing-key.ts';

/** A certificate of an address of this machine, signed by itself; in PEM, as `node:https` takes it. */
export interface SelfSignedCertificate {
  cert: string;
  key: string;
}

/** X.509 v3 (RFC 5280 §4.1) for 127.0.0.1, for tests of what TLS refuses: good from and until as told. */
export async function selfSignedCertificate(validity: {
  from: Date;
  until: Date;
}): Promise<SelfSignedCertificate> {
  const key = await signingKey({ kid: 'tls' });
  const signed = toBeSigned(key, validity);
  const signature = sign('sha256', signed, key.privateKey);
  const der = sequence(signed, SHA256_WITH_RSA, bitString(signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function toBeSigned(key: SigningKey, { from, until }: { from: Date; until: Date }): Buffer {
  return sequence(
    explicit(0, der(0x02, Buffer.of(2))),
    // Positive, as RFC 5280 §4.1.2.2 asks
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    SHA256_WITH_RSA,
    NAME,
    sequence(time(from), time(until)),
    NAME,
    key.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(BASIC_CONSTRAINTS_CA, SUBJECT_ALTERNATIVE_NAME)),
  );
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 128) return Buffer.of(length);
  const bytes = length < 256 ? Buffer.of(length) : Buffer.of(length >> 8, length & 255);
  return Buffer.concat([Buffer.of(128 | bytes.length), bytes]);
}

function sequence(...members: Buffer[]): Buffer {
  return der(0x30, ...members);
}

function explicit(tag: number, content: Buffer): Buffer {
  return der(0xa0 | tag, content);
}

function bitString(bytes: Buffer): Buffer {
  return der(0x03, Buffer.of(0), bytes);
}

/** GeneralizedTime, `YYYYMMDDHHMMSSZ`. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(digits));
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), der(0x05));
const COMMON_NAME = sequence(oid('550403'), der(0x0c, Buffer.from('127.0.0.1')));
const NAME = sequence(der(0x31, COMMON_NAME));
/** `cA` true, so that whoever trusts the certificate may build a chain on it. */
const BASIC_CONSTRAINTS_CA = sequence(
  oid('551d13'),
  der(0x04, sequence(der(0x01, Buffer.of(255)))),
);
/** An `iPAddress`: that of this machine. */
const SUBJECT_ALTERNATIVE_NAME = sequence(
  oid('551d11'),
  der(0x04, sequence(der(0x87, Buffer.of(127, 0, 0, 1)))),
);
