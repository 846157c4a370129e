import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';

const { copy: w } = adminWords;
const SAID_MS = 3000;

/** Puts a text on the clipboard and says so; `what` is copied, for whoever hears the button's name. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  const Icon = state === 'copied' ? IconCheck : IconCopy;
  return (
    <span className="copy">
      <Button
        variant="default"
        size="compact-sm"
        aria-label={w.of(what)}
        leftSection={<Icon size={14} stroke={1.75} aria-hidden />}
        onClick={() => void copy()}
      >
        {w.copy}
      </Button>
      <span className={state === 'failed' ? 'screen-problem' : 'secondary'} role="status">
        {state === 'copied' ? w.copied : state === 'failed' ? w.failed : ''}
      </span>
    </span>
  );
}
