import type { DryRun } from '@countersign/protocol';
import { useState } from 'react';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { mayTryRouting } from '../shell/roles.ts';
import { Screen } from '../shell/screen.tsx';
import { words } from '../strings/words.ts';
import { DryRunForm } from './dry-run-form.tsx';
import { DryRunResult } from './dry-run-result.tsx';
import './dry-run.css';

const { dryRun: w } = words;

/** What routing would do with a customer, and why. What was pasted is forgotten with the screen. */
export function DryRunScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <Screen title={w.title} lead={w.lead} refusal={mayTryRouting(roles) ? null : w.notAllowed}>
      <Tried />
    </Screen>
  );
}

function Tried() {
  const [tried, setTried] = useState<DryRun | null>(null);
  return (
    <div className="dry-run">
      <DryRunForm onTried={setTried} />
      <div className="dry-run-results" role="status">
        {tried ? <DryRunResult tried={tried} /> : null}
      </div>
    </div>
  );
}
