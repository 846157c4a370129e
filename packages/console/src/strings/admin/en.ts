import { authenticationSettings } from './en/authentication-settings.ts';
import { deployments } from './en/deployments.ts';
import { kit } from './en/kit.ts';
import { messengers } from './en/messengers.ts';
import { rules } from './en/rules.ts';
import { setup } from './en/setup.ts';
import { workstreams } from './en/workstreams.ts';

/** All words of the administration in English. What one screen says is a file of its own. */
export const en = {
  ...kit,
  ...authenticationSettings,
  ...deployments,
  ...messengers,
  ...rules,
  ...setup,
  ...workstreams,
};
