import { Button } from '@mantine/core';
import { useState } from 'react';
import { words } from '../strings/words.ts';

const { account: w } = words;

/** Shown once: the node keeps them sealed. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <div className="dialog-form">
      <p>{w.codesHint}</p>
      <ul className="account-codes" aria-label={w.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="dialog-actions">
        <p className="secondary" role="status">
          {copied ? w.copied : ''}
        </p>
        <Button variant="default" onClick={() => void copy().catch(() => setCopied(false))}>
          {w.copy}
        </Button>
        <Button data-autofocus onClick={onDone}>
          {w.keptThem}
        </Button>
      </div>
    </div>
  );
}
