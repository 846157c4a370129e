import type { AdminWords } from './admin-words.ts';
import { apiKeys } from './ro/api-keys.ts';
import { appleAccounts } from './ro/apple-accounts.ts';
import { audit } from './ro/audit.ts';
import { authenticationSettings } from './ro/authentication-settings.ts';
import { deployments } from './ro/deployments.ts';
import { hours } from './ro/hours.ts';
import { kit } from './ro/kit.ts';
import { messengers } from './ro/messengers.ts';
import { queues } from './ro/queues.ts';
import { quickReplies } from './ro/quick-replies.ts';
import { richMessages } from './ro/rich-messages.ts';
import { rules } from './ro/rules.ts';
import { setup } from './ro/setup.ts';
import { users } from './ro/users.ts';
import { webhooks } from './ro/webhooks.ts';
import { workstreams } from './ro/workstreams.ts';

export const ro: AdminWords = {
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
