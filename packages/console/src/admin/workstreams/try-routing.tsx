import type { DryRun } from '@countersign/protocol';
import { useState } from 'react';
import { DryRunForm } from '../../routing/dry-run-form.tsx';
import { DryRunResult } from '../../routing/dry-run-result.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useForm } from '../object/form-context.ts';
import '../../routing/dry-run.css';

const { workstreams: w } = adminWords;

/** What the saved rules would do with a customer of this workstream. */
export function TryRouting({ workstream }: { workstream: string }) {
  const [tried, setTried] = useState<DryRun | null>(null);
  const { dirty } = useForm();
  return (
    <>
      <p className={dirty ? 'screen-notice' : 'secondary'}>{dirty ? w.tryUnsaved : w.trySaved}</p>
      <div className="dry-run">
        <DryRunForm workstream={workstream} onTried={setTried} />
        <div className="dry-run-results" role="status">
          {tried ? <DryRunResult tried={tried} /> : null}
        </div>
      </div>
    </>
  );
}
