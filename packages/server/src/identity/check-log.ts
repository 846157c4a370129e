import type { Check, Reason } from './verdict.ts';

/** Why an attempt ends here. The hint is one sentence for administrators, in exact terms. */
export interface Refusal {
  reason: Reason;
  hint: string;
}

/** What the checks of one attempt found, in the order they ran. */
export class CheckLog {
  readonly checks: Check[] = [];

  pass(name: string, observed: string, expected?: string): null {
    this.checks.push(
      expected === undefined
        ? { name, passed: true, observed }
        : { name, passed: true, observed, expected },
    );
    return null;
  }

  /** Something is wrong that does not touch who the person is: recorded, not used, not fatal. */
  note(name: string, observed: string, expected: string): null {
    this.checks.push({ name, passed: false, observed, expected });
    return null;
  }

  /** What only a whole sign-in can show, of a token that is tried by itself. */
  leaveOpen(name: string, expected: string): void {
    this.checks.push({ name, passed: true, observed: 'not judged', expected, judged: false });
  }

  refuse(
    name: string,
    reason: Reason,
    found: { observed: string; expected: string; hint: string },
  ): Refusal {
    this.checks.push({ name, passed: false, observed: found.observed, expected: found.expected });
    return { reason, hint: found.hint };
  }
}
