/** What a kind of device says of itself in every message (§3.2, §3.4). */
export interface DeviceProfile {
  /** For people. */
  label: string;
  /** The `device-agent` header. */
  agent: 'iPhone OS' | 'Mac OS X' | 'Watch OS' | 'Apple TVOS';
  /** Undefined: it sends no `capability-list`. */
  capabilities: readonly string[] | undefined;
}

export const profileNames = ['auth2', 'auth', 'no-auth', 'mac', 'watch', 'bare'] as const;

export type ProfileName = (typeof profileNames)[number];

export const deviceProfiles: Readonly<Record<ProfileName, DeviceProfile>> = {
  auth2: {
    label: 'iPhone, iOS 16 or later',
    agent: 'iPhone OS',
    capabilities: ['QUICK', 'LIST', 'TIME', 'AUTH', 'AUTH2', 'FORM'],
  },
  auth: {
    label: 'iPhone, before iOS 16',
    agent: 'iPhone OS',
    capabilities: ['QUICK', 'LIST', 'TIME', 'AUTH'],
  },
  'no-auth': {
    label: 'iPhone that cannot sign in',
    agent: 'iPhone OS',
    capabilities: ['QUICK', 'LIST', 'TIME'],
  },
  mac: {
    label: 'Mac, macOS 13 or later',
    agent: 'Mac OS X',
    capabilities: ['QUICK', 'LIST', 'TIME', 'AUTH', 'AUTH2'],
  },
  watch: { label: 'Watch', agent: 'Watch OS', capabilities: ['QUICK'] },
  bare: { label: 'Device that lists nothing', agent: 'iPhone OS', capabilities: undefined },
};
