import type { BlobStore } from './blob-store.ts';
import type { Business } from './business.ts';
import type { Device } from './device/device.ts';
import type { FaultScript } from './fault-script.ts';
import type { Journal } from './journal.ts';
import type { Json } from './json.ts';
import type { Random } from './random.ts';

/** What a message is to the device: the provider's body after the gateway has worked on it. */
export interface DeliveredMessage {
  id: string;
  body: Json;
  /** The provider said that a program wrote it (§2.2). */
  isAutomatic: boolean;
  /** The files' ciphertexts, in the order of `attachments`. */
  files: readonly { attachment: Json; encrypted: Uint8Array<ArrayBuffer> }[];
}

/** One Opaque ID: a person at one business, on one or more devices. */
export interface Customer {
  opaqueId: string;
  businessId: string;
  receivers: Set<(message: DeliveredMessage) => Promise<void>>;
  /** What the last webhook of this customer's said it can show; upper case. */
  capabilities: ReadonlySet<string>;
  hasClosed: boolean;
}

export interface GatewayState {
  url: string;
  now(): number;
  random: Random;
  /** By Business ID, lower case. */
  businesses: Map<string, Business>;
  /** By Opaque ID. */
  customers: Map<string, Customer>;
  /** By the device's own id. */
  devices: Map<string, Device>;
  blobs: BlobStore;
  journal: Journal;
  script: FaultScript;
  /** The body that was accepted, by message id: the same again is not delivered again. */
  accepted: Map<string, string>;
  /** Every `responseEncryptionKey` and every attachment key so far; none may come twice. */
  encryptionKeys: Set<string>;
  attachmentKeys: Set<string>;
  /** Interactive dictionaries that may be sent again by reference, by `dataRefSig` (§5.6). */
  dataRefs: Map<string, { ref: Json; data: Json }>;
  /** `wrapped`: decodePayload answers with an `interactiveData` member; `bare`: the object itself. */
  decodeAnswer: 'wrapped' | 'bare';
}
