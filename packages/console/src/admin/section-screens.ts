import type { Section } from '@countersign/protocol';
import type { ComponentType } from 'react';
import { KeyForm } from './api-keys/key-form.tsx';
import { KeyList } from './api-keys/key-list.tsx';
import { AccountForm } from './apple-accounts/account-form.tsx';
import { AccountList } from './apple-accounts/account-list.tsx';
import { SettingForm } from './authentication-settings/setting-form.tsx';
import { SettingList } from './authentication-settings/setting-list.tsx';
import { DeploymentForm } from './deployments/deployment-form.tsx';
import { DeploymentList } from './deployments/deployment-list.tsx';
import { MessengerForm } from './messengers/messenger-form.tsx';
import { MessengerList } from './messengers/messenger-list.tsx';
import { HoursForm } from './operating-hours/hours-form.tsx';
import { HoursList } from './operating-hours/hours-list.tsx';
import { QueueForm } from './queues/queue-form.tsx';
import { QueueList } from './queues/queue-list.tsx';
import { ReplyForm } from './quick-replies/reply-form.tsx';
import { ReplyList } from './quick-replies/reply-list.tsx';
import { MessageForm } from './rich-messages/message-form.tsx';
import { MessageList } from './rich-messages/message-list.tsx';
import { UserForm } from './users/user-form.tsx';
import { UserList } from './users/user-list.tsx';
import { WebhookForm } from './webhooks/webhook-form.tsx';
import { WebhookList } from './webhooks/webhook-list.tsx';
import { WorkstreamForm } from './workstreams/workstream-form.tsx';
import { WorkstreamList } from './workstreams/workstream-list.tsx';

export interface SectionScreens {
  List: ComponentType;
  /** Id null: one is created. */
  Form: ComponentType<{ id: string | null }>;
}

/** The screens of each section. The navigation shows the sections that have some. */
export const sectionScreens: Partial<Record<Section, SectionScreens>> = {
  authenticationSettings: { List: SettingList, Form: SettingForm },
  messengerConfigurations: { List: MessengerList, Form: MessengerForm },
  deployments: { List: DeploymentList, Form: DeploymentForm },
  appleAccounts: { List: AccountList, Form: AccountForm },
  richMessages: { List: MessageList, Form: MessageForm },
  operatingHours: { List: HoursList, Form: HoursForm },
  queues: { List: QueueList, Form: QueueForm },
  quickReplies: { List: ReplyList, Form: ReplyForm },
  users: { List: UserList, Form: UserForm },
  apiKeys: { List: KeyList, Form: KeyForm },
  webhooks: { List: WebhookList, Form: WebhookForm },
  workstreams: { List: WorkstreamList, Form: WorkstreamForm },
};
