import type { IdentityTest } from '@countersign/protocol';
import type { IdentityModule, SettingStatus, TokenSetting } from '../identity/index.ts';
import { Checklist } from '../site-checks/index.ts';

/** Fetches discovery and keys of this setting now, on every node, and says what came. */
export async function testIdentity(
  identity: Pick<IdentityModule, 'refetchKeys' | 'settingStatuses'>,
  setting: TokenSetting,
): Promise<IdentityTest> {
  const problems = await identity.refetchKeys(setting);
  const [status] = await identity.settingStatuses([setting]);
  if (!status) throw new Error('a setting without a status');
  const list = new Checklist();
  for (const source of status.sources) {
    const failed = problems.find(({ url }) => url === source.url);
    checkSource(source, failed?.problem, list);
  }
  if (problems.length === 0) checkKeys(status, list);
  else list.skip('keys: usable', 'they could not be fetched now');
  checkClocks(status, setting, list);
  return { ok: !list.failed, checks: list.findings, setting: status };
}

const NAMES = { discovery: 'discovery document', keys: 'keys' };

function checkSource(
  { kind, url, fetchedAt }: SettingStatus['sources'][number],
  problem: string | undefined,
  list: Checklist,
): void {
  if (problem !== undefined)
    list.fail(
      NAMES[kind],
      `${url}: ${problem}`,
      kind === 'discovery'
        ? 'Correct the discovery URI, or let the provider answer there.'
        : 'Publish the public keys there, readable without signing in, or correct the URL.',
    );
  else if (fetchedAt === null) list.skip(NAMES[kind], `${url} was not fetched`);
  else list.ok(NAMES[kind], `${url} was fetched`);
}

const WORKING: readonly string[] = ['in-use', 'safe-to-retire', 'expires-soon', 'unused-yet'];

function checkKeys({ keys, sources }: SettingStatus, list: Checklist): void {
  for (const { kid, why } of sources.flatMap(({ unusable }) => unusable))
    list.warn(`key ${kid ?? 'without kid'}`, why, 'Publish RSA keys of 2048 bits or more.');
  const working = keys.filter(({ verdict }) => WORKING.includes(verdict));
  if (working.length === 0)
    list.fail('keys: usable', 'none', 'Publish the public key of the key that signs.');
  else list.ok('keys: usable', working.map(({ kid }) => kid ?? 'without kid').join(', '));
}

function checkClocks(
  { sources }: SettingStatus,
  { clockTolerance }: TokenSetting,
  list: Checklist,
): void {
  for (const { url, clockSkewSeconds } of sources) {
    if (clockSkewSeconds === null) continue;
    const apart = Math.abs(clockSkewSeconds);
    const observed = `${url}: ${apart} s ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} this node`;
    if (apart <= clockTolerance) list.ok('clock', observed);
    else
      list.fail('clock', observed, `The tolerance is ${clockTolerance} s: set the clocks by NTP.`);
  }
}
