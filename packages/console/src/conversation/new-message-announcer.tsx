import type { Entry } from '@countersign/protocol';
import { useEffect, useRef, useState } from 'react';
import { words } from '../strings/words.ts';

/** Reads out what the customer writes from now on; the history stays silent. */
export function NewMessageAnnouncer({ entries }: { entries: readonly Entry[] }) {
  const heard = useRef(entries.at(-1)?.seq ?? 0);
  const [text, setText] = useState('');
  useEffect(() => {
    const fresh = entries.filter((entry) => entry.seq > heard.current);
    heard.current = Math.max(heard.current, entries.at(-1)?.seq ?? 0);
    const said = fresh.filter((item) => item.kind === 'message' && item.from.role === 'customer');
    if (said.length === 0) return;
    const lines = said.map((entry) =>
      words.timeline.announce(entry.from.name ?? words.event.customer, entry.text ?? ''),
    );
    setText(lines.join('. '));
  }, [entries]);
  return (
    <div className="unseen" role="status">
      {text}
    </div>
  );
}
