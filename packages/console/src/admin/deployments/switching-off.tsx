import { useQuery } from '@tanstack/react-query';
import { administrationApi } from '../../api/administration-api.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useValue } from '../object/form-context.ts';
import { entriesKey } from '../object/use-entry.ts';

const { deployments: w, remove } = adminWords;

/** Once somebody chooses to switch it off: who is in the middle of something there. */
export function SwitchingOff({ id }: { id: string }) {
  const isOff = useValue('status') === 'Inactive';
  const effects = useQuery({
    queryKey: [...entriesKey, 'deployments', 'effects', id],
    queryFn: () => administrationApi.effects('deployments', id),
    enabled: isOff,
  });
  if (!isOff) return null;
  const sessions = effects.data?.liveSessions ?? 0;
  return (
    <p className="screen-notice" role="status">
      {w.switchedOff} {sessions > 0 ? remove.sessions(sessions) : ''}
    </p>
  );
}
