import { type OpenedConfigurationFile, OUR_OAUTH_PARAMETERS } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';

/** An HMAC key of fewer bytes than its digest is weaker than the digest (RFC 2104 §3). */
const MIN_KEY_BYTES = 32;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** What accounts, settings and rich messages of Apple Messages for Business must be to work at all. */
export function checkApple(file: OpenedConfigurationFile, faults: FileFaults): void {
  checkSettings(file, faults);
  checkAccounts(file, faults);
  checkIdentifiers(file, faults);
}

function checkSettings(file: OpenedConfigurationFile, faults: FileFaults): void {
  const types = new Map(file.richMessages.flatMap(({ name, type }) => [[name, type]]));
  file.authenticationSettings.forEach((setting, index) => {
    if (setting.type !== 'apple-oauth') return;
    const path = `authenticationSettings[${index}]`;
    if (setting.scopes.length === 0) faults.report(`${path}.scopes`, 'expected at least one scope');
    if (setting.richMessages.length === 0)
      faults.report(`${path}.richMessages`, 'expected at least one rich message');
    setting.richMessages.forEach((name, place) => {
      const type = types.get(name);
      if (type === undefined || type === 'authentication') return;
      const at = `${path}.richMessages[${place}]`;
      faults.report(at, 'expected a rich message of the type authentication');
    });
    if ((setting.issuer === undefined) !== (setting.keysUrl === undefined))
      faults.report(path, 'expected `issuer` and `keysUrl` together');
    const redefined = [...new URLSearchParams(setting.additionalParameters ?? '').keys()].find(
      (name) => OUR_OAUTH_PARAMETERS.has(name),
    );
    if (redefined !== undefined)
      faults.report(
        `${path}.additionalParameters`,
        `expected no \`${redefined}\`: the sign-in sets it`,
      );
  });
}

function checkAccounts(file: OpenedConfigurationFile, faults: FileFaults): void {
  const channels = new Map(file.workstreams.flatMap(({ name, channel }) => [[name, channel]]));
  const methods = new Map(file.authenticationSettings.flatMap(({ name, type }) => [[name, type]]));
  const seen = new Set<string>();
  file.appleAccounts.forEach(({ businessId, mspSecret, workstream, authentication }, index) => {
    const path = `appleAccounts[${index}]`;
    if (seen.has(businessId))
      faults.report(
        `${path}.businessId`,
        'expected another Business ID: an account has it already',
      );
    seen.add(businessId);
    checkSecrets(mspSecret, `${path}.mspSecret`, faults);
    if (channels.get(workstream) === 'web')
      faults.report(`${path}.workstream`, 'expected a workstream of the channel apple');
    const method = methods.get(authentication.setting ?? '');
    if (method !== undefined && method !== 'apple-oauth')
      faults.report(`${path}.authentication.setting`, 'expected a setting of the type apple-oauth');
  });
}

/** The key is what the Base64 stands for (§1): the text of the secret is the classic mistake. */
function checkSecrets(secret: string | string[], path: string, faults: FileFaults): void {
  [secret].flat().forEach((text, place) => {
    if (BASE64.test(text) && Buffer.from(text, 'base64').length >= MIN_KEY_BYTES) return;
    const at = Array.isArray(secret) ? `${path}[${place}]` : path;
    faults.report(at, `expected Base64 of at least ${MIN_KEY_BYTES} bytes, as Apple shows it`);
  });
}

function checkIdentifiers(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.richMessages.forEach((message, index) => {
    const path = `richMessages[${index}]`;
    const seen = new Set<string>();
    for (const [identifier, at] of identifiersOf(message)) {
      if (seen.has(identifier))
        faults.report(
          `${path}.${at}.identifier`,
          'expected another identifier: one has it already',
        );
      seen.add(identifier);
    }
  });
}

function identifiersOf(
  message: OpenedConfigurationFile['richMessages'][number],
): [identifier: string, at: string][] {
  const of = (items: { identifier: string }[], at: string): [string, string][] =>
    items.map(({ identifier }, index) => [identifier, `${at}[${index}]`]);
  if (message.type === 'quick-reply') return of(message.items, 'items');
  if (message.type === 'time-picker') return of(message.timeslots, 'timeslots');
  if (message.type !== 'list-picker') return [];
  return message.sections.flatMap(({ items }, index) => of(items, `sections[${index}].items`));
}
