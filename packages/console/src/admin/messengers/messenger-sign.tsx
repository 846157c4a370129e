import type { EntryOf } from '@countersign/protocol';
import { IconCircleCheck, IconCircleDashed, IconPencil } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';

const { messengers: w } = adminWords;

/** Which version is live, and whether a draft waits. */
export function MessengerSign({ entry }: { entry: EntryOf<'messengerConfigurations'> }) {
  const { version, draft } = entry;
  const Icon = version > 0 ? IconCircleCheck : IconCircleDashed;
  return (
    <span className="messenger-sign">
      <span className={`object-sign ${version > 0 ? 'level-good' : ''}`}>
        <Icon size={16} stroke={1.75} aria-hidden /> {version > 0 ? w.live(version) : w.never}
      </span>
      {draft ? (
        <span className="object-sign level-warning">
          <IconPencil size={16} stroke={1.75} aria-hidden /> {w.hasDraft}
        </span>
      ) : null}
    </span>
  );
}
