import { IconEye, IconPencil } from '@tabler/icons-react';
import { useWorkspaceState } from '../live/use-workspace.ts';
import type { Viewers } from '../live/workspace-state.ts';
import { locale } from '../strings/language.ts';
import { words } from '../strings/words.ts';
import './viewers-line.css';

const NOBODY: Viewers = [];

/** Who else has this conversation open, or writes in it: two answers to one question help nobody. */
export function ViewersLine({ id }: { id: string }) {
  const viewers = useWorkspaceState((state) => state.viewers.get(id)) ?? NOBODY;
  const writing = viewers.filter((agent) => agent.typing);
  const text =
    writing.length > 0
      ? words.viewers.typing(namesOf(writing))
      : viewers.length > 0
        ? words.viewers.viewing(namesOf(viewers))
        : null;
  const Icon = writing.length > 0 ? IconPencil : IconEye;
  return (
    <div role="status">
      {text === null ? null : (
        <p className={`viewers secondary ${writing.length > 0 ? 'viewers-typing' : ''}`}>
          <Icon size={14} stroke={1.5} aria-hidden /> {text}
        </p>
      )}
    </div>
  );
}

const namesOf = (viewers: Viewers): string =>
  new Intl.ListFormat(locale).format(viewers.map(({ name }) => name));
