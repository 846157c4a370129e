/** What an operator sets for one node. The only reader of the environment. */
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { Fault, parseSealingKey } from './platform/index.ts';
import { type RateLimits, readRateLimits } from './rate-limits.ts';

export type { RateLimits } from './rate-limits.ts';

export interface Settings {
  /** `COUNTERSIGN_HOST`: the address to listen on. Default 127.0.0.1. */
  host: string;
  /** `COUNTERSIGN_PORT`: default 8080; 0 lets the system choose. */
  port: number;
  /** `COUNTERSIGN_PUBLIC_URL`: the origin that browsers and providers see; see `publicUrlOf`. */
  publicUrl: string | undefined;
  /** `COUNTERSIGN_DATA_DIR`: embedded database, attachments, generated keys; absolute. Default ./data. */
  dataDir: string;
  /** `COUNTERSIGN_ALLOW_PRIVATE_HOSTS`: `host:port`s that outbound requests may reach though private. */
  allowPrivateHosts: string[];
  /** `COUNTERSIGN_RATE_LIMITS`: `off`, or a JSON object with some of the limits (Guest API §11). */
  rateLimits: RateLimits;
  /** `COUNTERSIGN_ATTEMPT_DAYS`: how long sign-in attempts are kept. Default 30. */
  attemptDays: number;
  /** `COUNTERSIGN_STAFF_SSO_ISSUER`, `_CLIENT_ID`, `_NAME`: the company's own sign-in for its people. */
  staffSso: { issuer: string; clientId: string; name: string } | undefined;
  /** `COUNTERSIGN_LOG_LEVEL`: from this level on. Default info. */
  logLevel: LogLevel;
  /** Reads what `{ env: NAME }` names in a configuration file of this machine. */
  readEnvironment: (name: string) => string | undefined;
  /** Kept apart, so that logging the rest is harmless. */
  secrets: {
    /** `DATABASE_URL`: an external PostgreSQL. Without it the embedded one is used. */
    databaseUrl: string | undefined;
    /** `NATS_URL`: the bus between nodes. Without it there is one node. */
    natsUrl: string | undefined;
    /** `COUNTERSIGN_KEY`: the sealing key, then older ones. Empty: the one in the data directory. */
    keys: Uint8Array[];
    /** `COUNTERSIGN_API_KEY`: an administrator's, for `countersign apply`. */
    apiKey: string | undefined;
    /** `COUNTERSIGN_STAFF_SSO_CLIENT_SECRET`: set when `staffSso` is. */
    staffSsoClientSecret: string | undefined;
  };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const STAFF_SSO = [
  'COUNTERSIGN_STAFF_SSO_ISSUER',
  'COUNTERSIGN_STAFF_SSO_CLIENT_ID',
  'COUNTERSIGN_STAFF_SSO_CLIENT_SECRET',
];
const MOST_DAYS = 3650;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Throws `Fault` `invalid_setting`, which names the variable, what was found (never a secret) and what
 * was expected. An empty variable is an unset one.
 */
export function readSettings(environment: Environment = process.env): Settings {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const natsUrl = readUrl('NATS_URL', read('NATS_URL'), ['nats:', 'tls:', 'ws:', 'wss:']);
  const keys = readKeys(read('COUNTERSIGN_KEY'));
  if (natsUrl !== undefined && keys.length === 0) throw needsKey();
  return {
    host: readHost(read('COUNTERSIGN_HOST') ?? '127.0.0.1'),
    port: readPort(read('COUNTERSIGN_PORT') ?? '8080'),
    publicUrl: readOrigin(read('COUNTERSIGN_PUBLIC_URL')),
    dataDir: resolve(read('COUNTERSIGN_DATA_DIR') ?? './data'),
    allowPrivateHosts: readHosts(read('COUNTERSIGN_ALLOW_PRIVATE_HOSTS') ?? ''),
    rateLimits: readRateLimits(read('COUNTERSIGN_RATE_LIMITS')),
    attemptDays: readDays('COUNTERSIGN_ATTEMPT_DAYS', read('COUNTERSIGN_ATTEMPT_DAYS') ?? '30'),
    staffSso: readStaffSso(read),
    logLevel: readLogLevel(read('COUNTERSIGN_LOG_LEVEL') ?? 'info'),
    readEnvironment: (name) => environment[name],
    secrets: {
      databaseUrl: readUrl('DATABASE_URL', read('DATABASE_URL'), ['postgres:', 'postgresql:']),
      natsUrl,
      keys,
      apiKey: read('COUNTERSIGN_API_KEY'),
      staffSsoClientSecret: read('COUNTERSIGN_STAFF_SSO_CLIENT_SECRET'),
    },
  };
}

/** The public URL of a node that listens on `port`; one that listens everywhere is called localhost. */
export function publicUrlOf(settings: Settings, port: number): string {
  const everywhere = settings.host === '0.0.0.0' || settings.host === '::';
  const host = isIPv6(settings.host) ? `[${settings.host}]` : settings.host;
  return settings.publicUrl ?? `http://${everywhere ? 'localhost' : host}:${port}`;
}

export function invalidSetting(variable: string, found: string, expected: string): Fault {
  return new Fault('invalid_setting', 400, `${variable} is ${found}; expected ${expected}.`);
}

function readHost(host: string): string {
  if (/^[A-Za-z0-9.:_-]+$/.test(host)) return host;
  throw invalidSetting('COUNTERSIGN_HOST', quote(host), 'an address or a host name, without port');
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw invalidSetting('COUNTERSIGN_PORT', quote(text), 'a number from 0 to 65535');
}

function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (plain) return url.origin;
  const expected = 'an http or https URL without path, such as https://chat.example.com';
  throw invalidSetting('COUNTERSIGN_PUBLIC_URL', quote(text), expected);
}

/** URLs that may hold a password: what was found is not shown. */
function readUrl(variable: string, text: string | undefined, protocols: string[]) {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url !== null && protocols.includes(url.protocol)) return text;
  const found = url === null ? 'not a URL' : `a URL that begins with ${quote(url.protocol)}`;
  throw invalidSetting(variable, found, `one that begins with ${protocols.join('// or ')}//`);
}

function readHosts(list: string): string[] {
  const entries = list.split(',').map((entry) => entry.trim().toLowerCase());
  return entries.filter((entry) => entry !== '').map(readHostAndPort);
}

function readHostAndPort(entry: string): string {
  const url = URL.parse(`https://${entry}`);
  const whole = url !== null && url.href === `https://${url.host}/` && /:\d+$/.test(entry);
  if (whole) return entry;
  const expected = 'host:port, several of them separated by commas';
  throw invalidSetting('COUNTERSIGN_ALLOW_PRIVATE_HOSTS', `${quote(entry)} in its list`, expected);
}

function readKeys(list: string | undefined): Uint8Array[] {
  if (list === undefined) return [];
  return list.split(',').map((text) => {
    const key = parseSealingKey(text.trim());
    if (key !== undefined) return key;
    const found = `something of ${text.trim().length} characters`;
    const expected = '32 bytes in base64 or hexadecimal (openssl rand -base64 32)';
    throw invalidSetting('COUNTERSIGN_KEY', found, expected);
  });
}

function readDays(variable: string, text: string): number {
  const days = Number(text);
  if (/^\d{1,4}$/.test(text) && days >= 1 && days <= MOST_DAYS) return days;
  throw invalidSetting(variable, quote(text), `a whole number of days from 1 to ${MOST_DAYS}`);
}

/** All three, or none: a sign-in that is half set up is a mistake, not one that is off. */
function readStaffSso(read: (name: string) => string | undefined): Settings['staffSso'] {
  const [issuer, clientId, secret] = STAFF_SSO.map(read);
  const missing = STAFF_SSO.filter((name) => read(name) === undefined);
  if (missing.length === STAFF_SSO.length) return undefined;
  if (issuer === undefined || clientId === undefined || secret === undefined) {
    const others = STAFF_SSO.filter((name) => !missing.includes(name)).join(' and ');
    throw invalidSetting(missing.join(' and '), `not set though ${others} is`, 'all three or none');
  }
  const url = URL.parse(issuer);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    const expected = 'the issuer of an OpenID provider, such as https://id.example.com';
    throw invalidSetting('COUNTERSIGN_STAFF_SSO_ISSUER', quote(issuer), expected);
  }
  return { issuer, clientId, name: read('COUNTERSIGN_STAFF_SSO_NAME') ?? url.hostname };
}

function readLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((name) => name === text);
  if (level !== undefined) return level;
  throw invalidSetting('COUNTERSIGN_LOG_LEVEL', quote(text), `one of ${LOG_LEVELS.join(', ')}`);
}

const needsKey = (): Fault =>
  invalidSetting(
    'COUNTERSIGN_KEY',
    'not set though NATS_URL is',
    'the same key on every node, for each opens what the others sealed',
  );

const quote = (text: string): string => JSON.stringify(text);
