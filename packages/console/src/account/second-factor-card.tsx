import type { Account, SecondFactorBegun } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountApi } from '../api/account-api.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { words } from '../strings/words.ts';
import { accountKey } from './account-key.ts';
import { Card } from './card.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { ScanForm } from './scan-form.tsx';

const { account: w } = words;

type Step =
  | { kind: 'begin' | 'remove' | 'renew' }
  | { kind: 'scan'; begun: SecondFactorBegun }
  | { kind: 'codes'; codes: string[] };

export function SecondFactorCard({ account }: { account: Account }) {
  const [step, setStep] = useState<Step | null>(null);
  const Sign = account.secondFactor ? IconCircleCheck : IconCircleDashed;
  return (
    <Card title={w.secondFactor} hint={w.secondFactorHint}>
      <p className={`account-state ${account.secondFactor ? 'level-good' : ''}`}>
        <Sign size={18} stroke={1.75} aria-hidden />
        {account.secondFactor ? w.secondFactorOn : w.secondFactorOff}
      </p>
      <div className="account-line">
        {account.secondFactor ? (
          <>
            <Button variant="default" onClick={() => setStep({ kind: 'renew' })}>
              {w.newCodes}
            </Button>
            <Button variant="default" onClick={() => setStep({ kind: 'remove' })}>
              {w.removeSecondFactor}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setStep({ kind: 'begin' })}>
            {w.addSecondFactor}
          </Button>
        )}
      </div>
      <Dialog
        opened={step !== null}
        title={step?.kind === 'codes' ? w.codes : w.secondFactor}
        onClose={() => setStep(null)}
      >
        {step ? <StepForm account={account} step={step} onStep={setStep} /> : null}
      </Dialog>
    </Card>
  );
}

interface StepProps {
  account: Account;
  step: Step;
  onStep: (next: Step | null) => void;
}

function StepForm({ account, step, onStep }: StepProps) {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: accountKey });
  const cancel = () => onStep(null);
  if (step.kind === 'codes') return <RecoveryCodes codes={step.codes} onDone={cancel} />;
  if (step.kind === 'scan') {
    const { uri, recoveryCodes: codes } = step.begun;
    const confirmed = async () => {
      onStep({ kind: 'codes', codes });
      await again();
    };
    return <ScanForm uri={uri} onCancel={cancel} onConfirmed={confirmed} />;
  }
  const shared = { account, onCancel: cancel };
  if (step.kind === 'begin') {
    const begin = async (password: string | undefined) =>
      onStep({ kind: 'scan', begun: await accountApi.beginSecondFactor(password) });
    return <ConfirmForm {...shared} effect={w.addEffect} submit={w.next} onConfirm={begin} />;
  }
  if (step.kind === 'renew') {
    const renew = async (password: string | undefined) => {
      const { recoveryCodes } = await accountApi.newRecoveryCodes(password);
      onStep({ kind: 'codes', codes: recoveryCodes });
    };
    return <ConfirmForm {...shared} effect={w.newCodesEffect} submit={w.next} onConfirm={renew} />;
  }
  const remove = async (password: string | undefined) => {
    await accountApi.removeSecondFactor(password);
    onStep(null);
    await again();
  };
  return (
    <ConfirmForm
      {...shared}
      effect={w.removeEffect}
      submit={w.removeSecondFactor}
      onConfirm={remove}
    />
  );
}
