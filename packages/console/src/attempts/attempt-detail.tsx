import type { Attempt } from '@countersign/protocol';
import { Drawer } from '@mantine/core';
import { words } from '../strings/words.ts';
import { absolute } from '../time/format-time.ts';
import { Outcome } from './attempt-table.tsx';
import { Findings } from './findings.tsx';
import { reasonName } from './reason-name.ts';

/** One attempt as a checklist: what ran, what was seen, what to do. */
export function AttemptDetail(props: { attempt: Attempt | null; onClose: () => void }) {
  const { attempt, onClose } = props;
  return (
    <Drawer
      opened={attempt !== null}
      onClose={onClose}
      position="right"
      size={480}
      title={attempt ? words.attempts.detail(attempt.reference) : ''}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {attempt ? <Detail attempt={attempt} /> : null}
    </Drawer>
  );
}

function Detail({ attempt }: { attempt: Attempt }) {
  const { attempts: w } = words;
  return (
    <div className="attempt-detail">
      <p>
        <Outcome outcome={attempt.outcome} />{' '}
        {attempt.reason ? (
          <>
            {reasonName(attempt.reason)} <code>{attempt.reason}</code>
          </>
        ) : null}
      </p>
      <Findings
        findings={attempt}
        facts={[
          { name: w.time, value: absolute(attempt.at) },
          { name: w.setting, value: attempt.setting },
          { name: w.deployment, value: attempt.deployment },
        ]}
      />
    </div>
  );
}
