// A node whose objects are changed over HTTP, and a key of every role to change them with.
import type { ConfigurationEntry, Problem } from '@countersign/protocol';
import { environment, supportedExample } from '../configuration-fixtures.ts';
import { startTestNode, type TestNode } from '../start-node.ts';

export const KEYS = {
  agent: 'cs-key-of-an-agent-0123456789abcdef0123',
  supervisor: 'cs-key-of-a-supervisor-0123456789abcdef',
  developer: 'cs-key-of-a-developer-0123456789abcdef0',
  administrator: 'cs-key-of-an-administrator-0123456789ab',
  secrets: 'cs-key-of-who-reads-secrets-0123456789a',
} as const;
export type Role = keyof typeof KEYS;

const ROLES: Record<Role, string> = {
  agent: 'agent',
  supervisor: 'supervisor',
  developer: 'developer',
  administrator: 'administrator',
  secrets: 'administrator, secrets',
};

export interface AdministrationOffice {
  node: TestNode;
  call<T = ConfigurationEntry>(
    role: Role,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; text: string; body: T & Partial<Refused> }>;
  /** The one with this name, as an administrator sees it. */
  entry(section: string, name: string): Promise<ConfigurationEntry>;
  close(): Promise<void>;
}

export interface Refused extends Problem {
  faults: { path: string; message: string }[];
  current: ConfigurationEntry;
  usedBy: { name: string }[];
}

const tokenOf = (name: string): string =>
  Object.entries(KEYS).find(([key]) => key === name)?.[1] ?? '';
const keys = Object.entries(ROLES).map(
  ([name, roles]) => `  - { name: ${name} key, token: ${tokenOf(name)}, roles: [${roles}] }`,
);

/** The example of the specification, with keys. */
export async function openAdministration(): Promise<AdministrationOffice> {
  const configuration = supportedExample.replace('apiKeys:\n', `apiKeys:\n${keys.join('\n')}\n`);
  const node = await startTestNode({ configuration, environment });
  const office: AdministrationOffice = {
    node,
    async call(role, method, path, body) {
      const response = await fetch(node.url + path, {
        method,
        headers: {
          authorization: `Bearer ${KEYS[role]}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, text, body: isJson ? JSON.parse(text) : null };
    },
    async entry(section, name) {
      const path = `/api/configuration/${section}?search=${encodeURIComponent(name)}`;
      const { body } = await office.call<{ items: ConfigurationEntry[] }>('secrets', 'GET', path);
      const found = body.items.find((item) => item.name === name);
      if (!found) throw new Error(`there is no ${name} among ${section}`);
      return found;
    },
    close: () => node.close(),
  };
  return office;
}
