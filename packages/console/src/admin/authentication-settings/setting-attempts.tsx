import type { Attempt } from '@countersign/protocol';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { AttemptDetail } from '../../attempts/attempt-detail.tsx';
import { AttemptList } from '../../attempts/attempt-list.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import '../../attempts/attempts-screen.css';

/** Every proof that customers brought to this setting. */
export function SettingAttempts({ id }: { id: string }) {
  const [chosen, setChosen] = useState<Attempt | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const filter = useMemo(() => ({ setting: id }), [id]);
  return (
    <div ref={scroller} className="attempts-list">
      <p className="secondary">
        <Link to="/attempts" search={{ setting: id }}>
          {adminWords.settings.attemptsAll}
        </Link>
      </p>
      <AttemptList filter={filter} scroller={scroller} onChoose={setChosen}>
        <div className="state">
          <strong>{words.attempts.none}</strong>
          <p>{words.attempts.noneHint}</p>
        </div>
      </AttemptList>
      <AttemptDetail attempt={chosen} onClose={() => setChosen(null)} />
    </div>
  );
}
