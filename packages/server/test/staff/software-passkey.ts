// An authenticator in software: ES256, no attestation (Web Authentication §6.1, §6.5.4).
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

export interface Deviations {
  /** The page that asked; default the node's own. */
  origin?: string;
  /** Whether the device checked who holds it; default true. */
  userVerified?: boolean;
  /** Signs with this instead. */
  key?: KeyObject;
}

export class SoftwarePasskey {
  readonly #origin: string;
  readonly #id = randomBytes(16);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #count = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** What a browser hands to the page for `navigator.credentials.create`. */
  create(challenge: string, { origin, userVerified = true }: Deviations = {}) {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const coordinates = [x, y].map((text) => Buffer.from(text, 'base64url'));
    const key = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      coordinates[0] ?? Buffer.alloc(0),
      Buffer.from('225820', 'hex'),
      coordinates[1] ?? Buffer.alloc(0),
    ]);
    const length = Buffer.from([0, this.#id.length]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.#id, key]);
    const data = Buffer.concat([this.#authenticatorData(userVerified, ATTESTED), attested]);
    const object = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
      Buffer.from([data.length]),
      data,
    ]);
    const response = {
      clientDataJSON: this.#clientData('webauthn.create', challenge, origin).toString('base64url'),
      attestationObject: object.toString('base64url'),
      transports: ['internal'],
    };
    return { ...this.#credential(), response };
  }

  /** What a browser hands to the page for `navigator.credentials.get`. */
  get(challenge: string, { origin, userVerified = true, key }: Deviations = {}) {
    const clientData = this.#clientData('webauthn.get', challenge, origin);
    this.#count += 1;
    const data = this.#authenticatorData(userVerified, 0);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, key ?? this.#keys.privateKey).toString('base64url'),
    };
    return { ...this.#credential(), response };
  }

  #credential() {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string, origin = this.#origin): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #authenticatorData(userVerified: boolean, more: number): Buffer {
    const party = createHash('sha256').update(new URL(this.#origin).hostname).digest();
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#count);
    const flags = USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | more;
    return Buffer.concat([party, Buffer.from([flags]), count]);
  }
}
