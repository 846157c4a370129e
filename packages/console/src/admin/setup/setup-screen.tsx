import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { setupApi } from '../../api/setup-api.ts';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { Screen } from '../../shell/screen.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { setupKey } from './setup-key.ts';
import { StepCard } from './step-card.tsx';
import './setup.css';

const { setup: w } = adminWords;
const REFRESH_MS = 5000;

/** From nothing to the first authenticated conversation, step by step. */
export function SetupScreen() {
  return (
    <Screen title={adminWords.navigation.setup} lead={w.lead} refusal={null}>
      <Steps />
    </Screen>
  );
}

function Steps() {
  const setup = useQuery({
    queryKey: setupKey,
    queryFn: setupApi.setup,
    refetchInterval: REFRESH_MS,
    refetchOnMount: 'always',
  });
  if (setup.isPending) {
    return (
      <div className="screen-loading" role="status" aria-label={w.loading}>
        <Skeleton height={96} radius={12} />
        <Skeleton height={96} radius={12} />
        <Skeleton height={96} radius={12} />
      </div>
    );
  }
  if (!setup.data) return <LoadFailed text={w.failed} onRetry={() => void setup.refetch()} />;
  const { steps } = setup.data;
  const done = steps.filter(({ state }) => state === 'done').length;
  const next = steps.find(({ state }) => state !== 'done');
  return (
    <div className="setup">
      <div className="setup-progress">
        <div aria-hidden="true">
          <span style={{ width: `${(done / steps.length) * 100}%` }} />
        </div>
        <p role="status">{next ? w.progress(done, steps.length) : w.complete}</p>
      </div>
      <ol className="setup-steps">
        {steps.map((step, at) => (
          <li key={step.id}>
            <StepCard step={step} place={at + 1} steps={steps} isNext={step.id === next?.id} />
          </li>
        ))}
      </ol>
    </div>
  );
}
