import type { StaffSession } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountApi } from '../api/account-api.ts';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { moment } from '../time/format-time.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { useNow } from '../time/use-now.ts';
import { accountKey } from './account-key.ts';
import { Card } from './card.tsx';
import { deviceName } from './device-name.ts';

const REFRESH_MS = 30_000;
const { account: w } = words;

type Asked = { kind: 'all' } | { kind: 'one'; session: StaffSession } | null;

/** Where the person is signed in, and the way to end it. */
export function SessionsCard() {
  const [asked, setAsked] = useState<Asked>(null);
  const sessions = useQuery({
    queryKey: [...accountKey, 'sessions'],
    queryFn: accountApi.sessions,
    refetchInterval: REFRESH_MS,
  });
  const now = useNow(REFRESH_MS);
  const items = sessions.data?.items ?? [];
  const others = items.filter(({ current }) => !current).length;
  const end = async () => {
    if (asked?.kind === 'one') await accountApi.endSession(asked.session.id);
    else await accountApi.endOtherSessions();
    await sessions.refetch();
  };
  const one = asked?.kind === 'one' ? deviceName(asked.session.userAgent) : null;
  return (
    <Card title={w.sessions} hint={w.sessionsHint}>
      {sessions.isPending ? <Skeleton height={40} radius={8} /> : null}
      {sessions.isError ? (
        <LoadFailed text={w.sessionsFailed} onRetry={() => void sessions.refetch()} />
      ) : null}
      <ul className="account-list">
        {items.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            now={now}
            onEnd={() => setAsked({ kind: 'one', session })}
          />
        ))}
      </ul>
      {others > 0 ? (
        <div className="account-line">
          <Button variant="default" onClick={() => setAsked({ kind: 'all' })}>
            {w.endOthers}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        failed={w.endFailed}
        opened={asked !== null}
        title={one === null ? w.endOthers : w.endOf(one)}
        effect={one === null ? w.endOthersEffect(others) : w.endEffect}
        submit={one === null ? w.endOthers : w.end}
        onConfirm={end}
        onClose={() => setAsked(null)}
      />
    </Card>
  );
}

function SessionLine(props: { session: StaffSession; now: number; onEnd: () => void }) {
  const { session, now, onEnd } = props;
  const { userAgent, address, createdAt, lastSeenAt, current } = session;
  const name = deviceName(userAgent);
  return (
    <li>
      <div>
        <span>{name}</span>
        {current ? <strong className="level-good"> · {w.here}</strong> : null}
        <p className="secondary">
          {address ?? w.unknownAddress} · {w.since(moment(createdAt, now))} · {w.seen}{' '}
          <RelativeTime at={lastSeenAt} now={now} />
        </p>
      </div>
      {current ? null : (
        <Button variant="subtle" color="gray" aria-label={w.endOf(name)} onClick={onEnd}>
          {w.end}
        </Button>
      )}
    </li>
  );
}
