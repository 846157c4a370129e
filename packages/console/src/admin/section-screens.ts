import type { Section } from '@countersign/protocol';
import type { ComponentType } from 'react';
import { SettingForm } from './authentication-settings/setting-form.tsx';
import { SettingList } from './authentication-settings/setting-list.tsx';
import { DeploymentForm } from './deployments/deployment-form.tsx';
import { DeploymentList } from './deployments/deployment-list.tsx';
import { MessengerForm } from './messengers/messenger-form.tsx';
import { MessengerList } from './messengers/messenger-list.tsx';
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
  workstreams: { List: WorkstreamList, Form: WorkstreamForm },
};
