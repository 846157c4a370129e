import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from '../attempts/use-settings.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { mayReadAttempts } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { SettingCard } from './setting-card.tsx';
import './keys-screen.css';

const REFRESH_MS = 15_000;

/** How each authentication setting and its keys are doing. */
export function KeysScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  useEffect(() => {
    document.title = `${words.keys.title} · ${words.product}`;
  }, []);
  if (!mayReadAttempts(roles)) {
    return (
      <main className="state">
        <h1>{words.keys.notAllowed}</h1>
      </main>
    );
  }
  return (
    <main className="keys">
      <header>
        <h1>{words.keys.title}</h1>
        <p className="secondary">{words.keys.lead}</p>
      </header>
      <Settings />
    </main>
  );
}

function Settings() {
  const settings = useSettings(REFRESH_MS);
  if (settings.isPending) {
    return (
      <div className="keys-loading" role="status" aria-label={words.keys.loading}>
        <Skeleton height={180} radius={12} />
        <Skeleton height={180} radius={12} />
      </div>
    );
  }
  if (settings.isError && !settings.data) {
    return <LoadFailed text={words.keys.failed} onRetry={() => void settings.refetch()} />;
  }
  const items = settings.data?.items ?? [];
  if (items.length === 0) {
    return (
      <div className="state">
        <strong>{words.keys.none}</strong>
        <p>{words.keys.noneHint}</p>
      </div>
    );
  }
  return items.map((setting) => <SettingCard key={setting.id} setting={setting} />);
}
