import type { AdminWords } from './admin-words.ts';
import { authenticationSettings } from './de/authentication-settings.ts';
import { deployments } from './de/deployments.ts';
import { kit } from './de/kit.ts';
import { messengers } from './de/messengers.ts';
import { rules } from './de/rules.ts';
import { setup } from './de/setup.ts';
import { workstreams } from './de/workstreams.ts';

export const de: AdminWords = {
  ...kit,
  ...authenticationSettings,
  ...deployments,
  ...messengers,
  ...rules,
  ...setup,
  ...workstreams,
};
