import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const TYPE = 'logout+jwt';
const expected = `${TYPE} or absent`;

/**
 * Back-Channel Logout 1.0 §2.4 recommends `typ` `logout+jwt`; without it `events` still tells what the
 * token is. Any other type, `JWT` too, is that of another kind of token (RFC 8725 §3.11).
 */
export function checkLogoutType({ header, log }: TokenAttempt): Refusal | null {
  const { typ, cty } = header;
  const named = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  if (named !== undefined && named !== TYPE)
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
