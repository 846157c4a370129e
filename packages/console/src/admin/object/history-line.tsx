import type { Actor, Section } from '@countersign/protocol';
import { Link } from '@tanstack/react-router';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { administers } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import { absolute, relative } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';

const { object: w } = adminWords;

interface Props {
  section: Section;
  id: string;
  version: number;
  updatedAt: string;
  updatedBy: Actor | null;
}

/** Who changed it last and when, and the way to everything that was ever changed. */
export function HistoryLine({ section, id, version, updatedAt, updatedBy }: Props) {
  const now = useNow(60_000);
  const roles = useWorkspaceState((state) => state.me.roles);
  const when = words.keys.ago(relative(updatedAt, now));
  const said = updatedBy
    ? (version === 1 ? w.createdBy : w.changedBy)(updatedBy.name, when)
    : w.changed(when);
  return (
    <p className="secondary">
      <span title={absolute(updatedAt)}>{said}</span>
      {administers(roles) ? (
        <>
          {' · '}
          <Link to="/admin/audit" search={{ section, object: id }}>
            {w.history}
          </Link>
        </>
      ) : null}
    </p>
  );
}
