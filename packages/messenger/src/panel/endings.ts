import type { ClosedReason } from '@countersign/transport';
import type { ProofFault } from '../messages.ts';
import type { Strings } from './strings.ts';

/** What is said when the site gave no proof. */
export const NO_PROOF: Partial<Record<string, keyof Strings>> = {
  missing: 'siteMissing',
  empty: 'signInFirst',
  timeout: 'siteTimeout',
} satisfies { [F in ProofFault]?: keyof Strings };

/** What is said, and what can be done, when the session is over. */
export const CLOSED: { [R in ClosedReason]?: [text: keyof Strings, action: keyof Strings] } = {
  replaced: ['replaced', 'continueHere'],
  expired: ['expired', 'newChat'],
  cleared: ['cleared', 'newChat'],
  'signed-out': ['signedOut', 'signIn'],
  'sign-in-required': ['signInFirst', 'retry'],
};
