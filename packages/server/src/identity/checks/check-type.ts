import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/**
 * RFC 8725 §3.11: tokens of another kind say so in `typ` (`at+jwt`, `logout+jwt`, our own
 * `countersign-session+jwt`). Customer and ID tokens say `JWT` or nothing. `cty` would mean a token
 * within the token (RFC 7519 §5.2).
 */
export function checkType({ header, log }: TokenAttempt): Refusal | null {
  const { typ, cty } = header;
  const right = typ === undefined || (typeof typ === 'string' && typ.toUpperCase() === 'JWT');
  if (!right)
    return log.refuse('typ', 'type', {
      observed: shown(typ),
      expected: 'JWT or absent',
      hint: `The header's \`typ\` is ${shown(typ)}: this is another kind of token; send the one made for signing in.`,
    });
  if (cty !== undefined)
    return log.refuse('cty', 'type', {
      observed: shown(cty),
      expected: 'absent',
      hint: 'The header has `cty`: a token within a token is not accepted; sign the claims directly.',
    });
  return log.pass('typ', shown(typ), 'JWT or absent');
}
