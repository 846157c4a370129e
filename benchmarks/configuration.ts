// One deployment for guests and one with site-signed tokens, picked by programs with API keys.
export const GUESTS = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';
export const SIGNED = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12';

/** Keys of four programs that act as agents: long enough to be accepted, of no use elsewhere. */
export const API_KEYS = [1, 2, 3, 4].map(
  (n) => `benchmark-key-${n}-0123456789abcdef0123456789abcdef`,
);

export function configuration(options: { publicKeyUrl?: string } = {}): string {
  const signed = options.publicKeyUrl !== undefined;
  return `
${
  signed
    ? `authenticationSettings:
  - { name: Portal token, type: signed-token, publicKeyUrl: "${options.publicKeyUrl}", clientFunction: auth.getAuthenticationToken, issuer: benchmark.example }`
    : ''
}
users:
  - { email: nobody@example.com, name: Nobody, roles: [agent], password: a-password-nobody-uses }
queues:
  - { name: Everyone, priority: 1, assignment: round-robin, members: [nobody@example.com] }
workstreams:
  - { name: Web chat, channel: web, distribution: pick, capacity: 1, offerTimeout: 120, fallbackQueue: Everyone }
messengerConfigurations:
  - { name: Guests, authentication: { enabled: false } }
${signed ? '  - { name: Signed, authentication: { enabled: true, setting: Portal token, allowSessionUpgrade: false } }' : ''}
deployments:
  - { id: ${GUESTS}, name: Guests, configuration: Guests, workstream: Web chat, status: Active, allowAllDomains: true }
${signed ? `  - { id: ${SIGNED}, name: Signed, configuration: Signed, workstream: Web chat, status: Active, allowAllDomains: true }` : ''}
apiKeys:
${API_KEYS.map((token, index) => `  - { name: Program ${index + 1}, token: ${token}, roles: [agent, supervisor] }`).join('\n')}
`;
}
