import { CheckLog, type Refusal } from '../check-log.ts';
import type { TokenSetting } from '../setting.ts';
import type { Check, Reason } from '../verdict.ts';

/** What a page's client function or AuthProvider did instead of giving a proof. */
export type SiteFault = 'missing' | 'threw' | 'empty' | 'timeout';

/** `clientFunction`: of a site-signed token, as the configuration names it. */
export type SiteSetting = TokenSetting & { clientFunction?: string };

const REASONS: Record<SiteFault, Reason> = {
  missing: 'site_function_missing',
  threw: 'site_function_failed',
  empty: 'site_no_token',
  timeout: 'site_timeout',
};

const OBSERVED: Record<SiteFault, string> = {
  missing: 'not on the page',
  threw: 'it threw or rejected',
  empty: 'no proof',
  timeout: 'no answer in 10 s',
};

/** The outcome of a sign-in that ended on the page: the site gave nothing that could be checked. */
export function siteFaultOutcome(
  setting: SiteSetting | null,
  fault: SiteFault,
): { checks: Check[]; refusal: Refusal } {
  const log = new CheckLog();
  const refusal = log.refuse('site', REASONS[fault], {
    observed: OBSERVED[fault],
    expected: expectedOf(setting),
    hint: hintOf(setting, fault),
  });
  return { checks: log.checks, refusal };
}

const expectedOf = (setting: SiteSetting | null): string =>
  setting?.type === 'signed-token'
    ? `a token from ${functionOf(setting)}`
    : 'an answer of the AuthProvider plugin';

const functionOf = ({ clientFunction }: SiteSetting): string =>
  clientFunction ?? 'the client function';

function hintOf(setting: SiteSetting | null, fault: SiteFault): string {
  if (setting === null)
    return 'The page reports a failed sign-in, but its deployment has no authentication setting; choose one under Authentication and publish.';
  return setting.type === 'signed-token'
    ? functionHint(`\`${functionOf(setting)}\``, fault)
    : providerHint(fault);
}

function functionHint(name: string, fault: SiteFault): string {
  switch (fault) {
    case 'missing':
      return `The page has no global function ${name}: load the script that defines it on every page with the messenger, and mind upper and lower case; or correct the name in the setting.`;
    case 'threw':
      return `${name} threw an error: open the page, look at the browser's console, and call the callback with null when nobody is signed in.`;
    case 'empty':
      return `${name} gave no token: nobody is signed in on the site, or its token endpoint refused; when somebody is, call the callback with the token as a text.`;
    case 'timeout':
      return `${name} did not call its callback within 10 s: call it on every path, also when the token endpoint fails, and make that endpoint faster.`;
  }
}

function providerHint(fault: SiteFault): string {
  switch (fault) {
    case 'missing':
      return "The page has not registered the plugin `AuthProvider` with the command `getAuthCode`: register it on every page with the messenger, and call the plugin's `ready()`.";
    case 'threw':
      return "`getAuthCode` of the `AuthProvider` threw or rejected: open the page and look at the browser's console; at the provider the silent request may need `prompt=none` to be allowed.";
    case 'empty':
      return '`getAuthCode` of the `AuthProvider` resolved without `authCode` or `idToken`: resolve with the code of a fresh authorization request, and reject when nobody is signed in.';
    case 'timeout':
      return '`getAuthCode` of the `AuthProvider` did not answer within 10 s: resolve or reject on every path, also when the frame of the silent request never comes back.';
  }
}
