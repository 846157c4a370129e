import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const TYPE = 'logout+jwt';
const TYPES: readonly unknown[] = [undefined, TYPE, 'jwt'];
const expected = `${TYPE}, JWT or absent`;

/**
 * Back-Channel Logout 1.0 §2.4 recommends `typ` `logout+jwt`. Providers in use say `JWT` (Keycloak before
 * version 25), or nothing; then `events`, which is required, and `nonce`, which is forbidden, tell this kind of
 * token from the others (§4.1). Any further type is that of another kind (RFC 8725 §3.11).
 */
export function checkLogoutType({ header, log }: TokenAttempt): Refusal | null {
  const { typ, cty } = header;
  const named = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (!TYPES.includes(named))
    return log.refuse('typ', 'type', {
      observed: shown(typ),
      expected,
      hint: `The header's \`typ\` is ${shown(typ)}; the provider must type its logout tokens ${TYPE}.`,
    });
  if (cty !== undefined)
    return log.refuse('cty', 'type', {
      observed: shown(cty),
      expected: 'absent',
      hint: 'The header has `cty`: a token within a token is not accepted as a logout token.',
    });
  return log.pass('typ', shown(typ), expected);
}
