import { Skeleton } from '@mantine/core';
import { useSettings } from '../../attempts/use-settings.ts';
import { SettingCard } from '../../keys/setting-card.tsx';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import '../../keys/keys-screen.css';

const REFRESH_MS = 15_000;

/** The keys of one setting and how they are doing. */
export function SettingKeys({ id }: { id: string }) {
  const settings = useSettings(REFRESH_MS);
  if (settings.isPending) return <Skeleton height={180} radius={12} />;
  if (!settings.data) {
    return <LoadFailed text={words.keys.failed} onRetry={() => void settings.refetch()} />;
  }
  const setting = settings.data.items.find((one) => one.id === id);
  return setting ? <SettingCard setting={setting} /> : <p>{adminWords.settings.notWatched}</p>;
}
