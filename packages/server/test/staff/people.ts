// The people of the tests of staff sign-in.
export const PASSWORD = 'correct horse battery';

export const PEOPLE = `
users:
  - { email: anna@shop.example, name: Anna Admin, roles: [administrator], password: { env: PASSWORD } }
  - { email: arne@shop.example, name: Arne Admin, roles: [administrator, secrets], password: { env: PASSWORD } }
  - { email: maria@shop.example, name: Maria Santos, nickname: Maria, roles: [agent], password: { env: PASSWORD } }
  - { email: tom@shop.example, name: Tom Weber, roles: [agent], password: { env: PASSWORD } }
apiKeys:
  - { name: bot, token: cs-key-of-a-bot-0123456789abcdef01234567, roles: [administrator] }
  - { name: deputy, token: cs-key-of-a-deputy-0123456789abcdef01234, roles: [administrator, secrets] }
`;

export const ANNA = 'anna@shop.example';
export const ARNE = 'arne@shop.example';
export const MARIA = 'maria@shop.example';
export const TOM = 'tom@shop.example';

/** The time as the system has it, and what a test has let pass. */
export function movableClock() {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    move(ms: number) {
      ahead += ms;
    },
  };
}
