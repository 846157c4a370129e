import type { AdminWords } from './admin-words.ts';
import { authenticationSettings } from './ro/authentication-settings.ts';
import { deployments } from './ro/deployments.ts';
import { kit } from './ro/kit.ts';
import { messengers } from './ro/messengers.ts';
import { rules } from './ro/rules.ts';
import { setup } from './ro/setup.ts';
import { workstreams } from './ro/workstreams.ts';

export const ro: AdminWords = {
  ...kit,
  ...authenticationSettings,
  ...deployments,
  ...messengers,
  ...rules,
  ...setup,
  ...workstreams,
};
