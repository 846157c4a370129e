import { listen } from '../site/loopback-server.ts';
import { answerApi } from './api/answer-api.ts';
import { createBlobStore } from './blob-store.ts';
import type { Business } from './business.ts';
import { base64, randomBytes } from './crypto/bytes.ts';
import { Device, type DeviceOptions } from './device/device.ts';
import { deviceProfiles } from './device/profiles.ts';
import { FaultScript, type GatewayFault } from './fault-script.ts';
import type { Customer, GatewayState } from './gateway-state.ts';
import {
  type CallRecord,
  type GatewayPath,
  Journal,
  type Rejection,
  type Violation,
  type WebhookDelivery,
} from './journal.ts';
import { phoneHandler } from './phone/phone-handler.ts';
import { seededRandom } from './random.ts';

export interface AppleGatewayOptions {
  /** The Register's entries; more can come by `register`. */
  businesses?: readonly Business[];
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** When others reach the gateway by another URL than `http://host:port`. */
  publicUrl?: string;
  /** Serves https with it. */
  tls?: { cert: string; key: string };
  /** Milliseconds. Default `Date.now`; `iat` and download URLs are measured by it. */
  now?: () => number;
  /** How long a download URL and a reply sent by reference are good for. Default 10 s (§17.2). */
  downloadLifetimeMs?: number;
  /** For the variety in what the gateway sends (spelling, spaces). Default 1. */
  seed?: number;
  /** Whether `decodePayload` answers with an `interactiveData` member (§4.4). Default `wrapped`. */
  decodeAnswer?: 'wrapped' | 'bare';
}

export interface AppleGateway {
  /** Origin, without a final slash. */
  url: string;
  /** What the provider takes for `https://mspgw.push.apple.com/v1` (§2.1). */
  baseUrl: string;
  /** The page that looks like a phone; it takes the next new customer. */
  phoneUrl: string;
  /** The same page for a device that is there already. */
  phoneUrlOf(device: Device): string;
  port: number;
  /** Enters a business at the Register, or changes it. */
  register(business: Business): void;
  /** A device of a new customer; with `opaqueId`, another one of a known customer. */
  device(options?: DeviceOptions): Device;
  /** The next calls of `path` go wrong, one fault each, in this order (§17.2). */
  script(path: GatewayPath, ...faults: readonly GatewayFault[]): void;
  clearScript(): void;
  /** Download URLs and replies by reference given so far stop working. */
  expireDownloads(): void;
  /** Calls that were refused, each with its row of §17.1. */
  rejections: readonly Rejection[];
  /** What was accepted and still is wrong (§17.1 rows 7 to 9). */
  violations: readonly Violation[];
  /** All calls of the provider, blob transfers included, as they were answered. */
  calls: readonly CallRecord[];
  /** All webhook calls, as the provider answered them. */
  webhooks: readonly WebhookDelivery[];
  /** Ids that came again after having been accepted. */
  duplicates: readonly string[];
  /** Waits until `count` calls of `path` were answered; returns them. */
  called(path: GatewayPath, count: number, timeoutMs?: number): Promise<readonly CallRecord[]>;
  /** Throws with every rejection and violation so far, when there is one. */
  assertClean(): void;
  close(): Promise<void>;
}

/**
 * Starts Apple's side of Messages for Business on this machine: gateway, Register, blob host, devices
 * (spec/apple-messages-for-business.md §17). It forgets everything when closed.
 *
 * @example
 * const gateway = await createAppleGateway({ businesses: [business] });
 * const device = gateway.device({ profile: 'auth2', person: 'u-1007' });
 * await device.say('Hello'); // → the provider's webhook
 * const answer = await device.next('text'); // ← what an agent wrote
 * const outcome = await device.signIn(await device.next('sign-in'));
 * gateway.assertClean();
 * await gateway.close();
 */
export async function createAppleGateway(options: AppleGatewayOptions = {}): Promise<AppleGateway> {
  const { promise, resolve } = Promise.withResolvers<GatewayState>();
  const listening = await listen(options, (url) => {
    const state = newState(url, options);
    const phone = phoneHandler(state, (deviceOptions) => newDevice(state, deviceOptions));
    resolve(state);
    return async (request, response) => {
      const address = new URL(request.url ?? '/', url);
      if (/^\/phone(\/|$)/.test(address.pathname)) return phone(request, response, address);
      return answerApi(state, request, response, address.pathname);
    };
  });
  const state = await promise;
  const { journal } = state;
  return {
    url: listening.url,
    baseUrl: `${listening.url}/v1`,
    phoneUrl: `${listening.url}/phone`,
    phoneUrlOf: (device) => `${listening.url}/phone?device=${device.id}`,
    port: listening.port,
    register: (business) => enter(state, business),
    device: (deviceOptions) => newDevice(state, deviceOptions),
    script: (path, ...faults) => state.script.add(path, faults),
    clearScript: () => state.script.clear(),
    expireDownloads: () => state.blobs.expireDownloads(),
    rejections: journal.rejections,
    violations: journal.violations,
    calls: journal.calls,
    webhooks: journal.webhooks,
    duplicates: journal.duplicates,
    called: (path, count, timeoutMs) => journal.called(path, count, timeoutMs),
    assertClean: () => journal.assertClean(),
    close: listening.close,
  };
}

function newState(url: string, options: AppleGatewayOptions): GatewayState {
  const { now = Date.now, downloadLifetimeMs = 10_000 } = options;
  const state: GatewayState = {
    url,
    now,
    random: seededRandom(options.seed ?? 1),
    businesses: new Map(),
    customers: new Map(),
    devices: new Map(),
    blobs: createBlobStore({ url, now, downloadLifetimeMs }),
    journal: new Journal(),
    script: new FaultScript(),
    accepted: new Map(),
    encryptionKeys: new Set(),
    attachmentKeys: new Set(),
    dataRefs: new Map(),
    decodeAnswer: options.decodeAnswer ?? 'wrapped',
  };
  for (const business of options.businesses ?? []) enter(state, business);
  return state;
}

function enter(state: GatewayState, business: Business): void {
  const businessId = business.businessId.toLowerCase();
  state.businesses.set(businessId, { ...business, businessId });
}

function newDevice(state: GatewayState, options: DeviceOptions = {}): Device {
  const businessId = (options.businessId ?? [...state.businesses.keys()][0])?.toLowerCase();
  if (businessId === undefined || !state.businesses.has(businessId))
    throw new Error(`the Register knows no business "${businessId ?? ''}"`);
  const device = new Device(state, customerOf(state, businessId, options), options);
  state.devices.set(device.id, device);
  return device;
}

/** The same person has another Opaque ID at every business (§1). */
function customerOf(state: GatewayState, businessId: string, options: DeviceOptions): Customer {
  const opaqueId = options.opaqueId ?? newOpaqueId();
  const known = state.customers.get(opaqueId);
  if (known && known.businessId !== businessId)
    throw new Error('this Opaque ID is of a customer of another business');
  const customer = known ?? {
    opaqueId,
    businessId,
    receivers: new Set(),
    capabilities: new Set(deviceProfiles[options.profile ?? 'auth2'].capabilities ?? []),
    hasClosed: false,
  };
  state.customers.set(opaqueId, customer);
  return customer;
}

/** Base64-looking, and always with each of `/`, `+` and `=` (§1). */
function newOpaqueId(): string {
  return `urn:mbid:AQ+/${base64(randomBytes(32))}`;
}
