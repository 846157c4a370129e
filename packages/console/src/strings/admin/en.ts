import { apiKeys } from './en/api-keys.ts';
import { appleAccounts } from './en/apple-accounts.ts';
import { audit } from './en/audit.ts';
import { authenticationSettings } from './en/authentication-settings.ts';
import { deployments } from './en/deployments.ts';
import { hours } from './en/hours.ts';
import { kit } from './en/kit.ts';
import { messengers } from './en/messengers.ts';
import { queues } from './en/queues.ts';
import { quickReplies } from './en/quick-replies.ts';
import { richMessages } from './en/rich-messages.ts';
import { rules } from './en/rules.ts';
import { setup } from './en/setup.ts';
import { users } from './en/users.ts';
import { webhooks } from './en/webhooks.ts';
import { workstreams } from './en/workstreams.ts';

/** All words of the administration in English. What one screen says is a file of its own. */
export const en = {
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
