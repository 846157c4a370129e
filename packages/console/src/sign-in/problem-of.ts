import { RequestError } from '../api/request.ts';
import { words } from '../strings/words.ts';

const { problems } = words.signIn;

const isKnown = (code: string): code is keyof typeof problems => Object.hasOwn(problems, code);

/** What is wrong and what to do, in a sentence. */
export function problemOf(error: unknown): string {
  if (error instanceof RequestError) {
    if (isKnown(error.code)) return problems[error.code];
    return error.status === 401 ? words.signIn.wrong : problems.unknown;
  }
  // What the browser says of a passkey: given up, too late, or none that fits
  if (error instanceof Error && /^(NotAllowed|Abort)Error$/.test(error.name)) {
    return problems.passkey_cancelled;
  }
  if (error instanceof Error && error.name === 'InvalidStateError') return problems.passkey_known;
  return problems.unknown;
}
