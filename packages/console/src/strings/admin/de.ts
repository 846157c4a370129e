import type { AdminWords } from './admin-words.ts';
import { apiKeys } from './de/api-keys.ts';
import { appleAccounts } from './de/apple-accounts.ts';
import { audit } from './de/audit.ts';
import { authenticationSettings } from './de/authentication-settings.ts';
import { deployments } from './de/deployments.ts';
import { hours } from './de/hours.ts';
import { kit } from './de/kit.ts';
import { messengers } from './de/messengers.ts';
import { queues } from './de/queues.ts';
import { quickReplies } from './de/quick-replies.ts';
import { richMessages } from './de/rich-messages.ts';
import { rules } from './de/rules.ts';
import { setup } from './de/setup.ts';
import { users } from './de/users.ts';
import { webhooks } from './de/webhooks.ts';
import { workstreams } from './de/workstreams.ts';

export const de: AdminWords = {
  ...kit,
  ...apiKeys,
  ...appleAccounts,
  ...audit,
  ...authenticationSettings,
  ...deployments,
  ...hours,
  ...messengers,
  ...queues,
  ...quickReplies,
  ...richMessages,
  ...rules,
  ...setup,
  ...users,
  ...webhooks,
  ...workstreams,
};
