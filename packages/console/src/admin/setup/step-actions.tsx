import type { ObjectReference, Section, SetupStep } from '@countersign/protocol';
import type { ReactNode } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { TestNow } from '../authentication-settings/setting-test.tsx';
import { TryButton } from '../deployments/try-button.tsx';
import { InboxButton, JoinQueue } from './agents-actions.tsx';
import { DeploymentActions } from './deployment-actions.tsx';
import { NextButton } from './next-button.tsx';
import { SnippetTest } from './snippet-test.tsx';

const { setup: w } = adminWords;

interface Props {
  step: SetupStep;
  steps: readonly SetupStep[];
  isNext: boolean;
}

/** The one thing to do next, with what is known filled in, and the test that really tests it. */
export function StepActions(props: Props) {
  const Actions = actions[props.step.id];
  return (
    <div className="setup-actions">
      <Actions {...props} />
    </div>
  );
}

const objectsOf = (steps: readonly SetupStep[], id: SetupStep['id']): ObjectReference[] =>
  steps.find((step) => step.id === id)?.objects ?? [];

const first = (objects: readonly ObjectReference[], section: Section): ObjectReference | null =>
  objects.find((one) => one.section === section) ?? null;

const actions: Record<SetupStep['id'], (props: Props) => ReactNode> = {
  identity: ({ step, isNext }) => {
    const setting = first(step.objects, 'authenticationSettings');
    return (
      <>
        {step.state === 'todo' ? (
          <NextButton section="authenticationSettings" isNext={isNext}>
            {w.actions.identity}
          </NextButton>
        ) : null}
        {setting ? <TestNow id={setting.id} isNext={isNext} /> : null}
      </>
    );
  },
  messenger: ({ step, steps, isNext }) => {
    const setting = first(objectsOf(steps, 'identity'), 'authenticationSettings');
    if (step.state === 'done') return null;
    return (
      <NextButton
        section="messengerConfigurations"
        isNext={isNext}
        search={{ name: w.newMessenger, ...(setting ? { setting: setting.name } : {}) }}
      >
        {w.actions.messenger}
      </NextButton>
    );
  },
  deployment: ({ step, steps, isNext }) => {
    const messenger = first(objectsOf(steps, 'messenger'), 'messengerConfigurations');
    return step.state === 'todo' ? (
      <DeploymentActions configuration={messenger?.name} isNext={isNext} />
    ) : null;
  },
  snippet: ({ steps, isNext }) => {
    const deployment = first(objectsOf(steps, 'deployment'), 'deployments');
    if (!deployment) return <p className="secondary">{w.testFirst}</p>;
    return (
      <>
        <NextButton section="deployments" id={deployment.id} tab="site" isNext={isNext}>
          {w.actions.snippet}
        </NextButton>
        <SnippetTest deployment={deployment} />
      </>
    );
  },
  test: ({ steps, isNext }) => {
    const deployment = first(objectsOf(steps, 'deployment'), 'deployments');
    if (!deployment) return <p className="secondary">{w.testFirst}</p>;
    return (
      <>
        <TryButton id={deployment.id} isNext={isNext} />
        <InboxButton />
      </>
    );
  },
  agents: ({ step, isNext }) => {
    const queue = first(step.objects, 'queues');
    if (step.state === 'doing') return <InboxButton isNext={isNext} />;
    return step.state === 'todo' && queue ? <JoinQueue queue={queue} isNext={isNext} /> : null;
  },
};
