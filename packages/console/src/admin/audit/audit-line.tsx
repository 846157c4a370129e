import type { AuditEntry } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { absolute, moment } from '../../time/format-time.ts';
import { DifferenceTable } from '../object/difference-table.tsx';
import { ObjectLink } from '../object/object-link.tsx';

const { audit: w, sections } = adminWords;

/** Who did what with which object, by which door; what it changed is folded out. */
export function AuditLine({ entry, now }: { entry: AuditEntry; now: number }) {
  const [opened, setOpened] = useState(false);
  const changes = useId();
  const { at, actor, action, via, before, after } = entry;
  const hasChanges = before !== null || after !== null;
  const name = w.changesOf(entry.objectName ?? w.actions[action], absolute(at));
  return (
    <li className="audit-line">
      <div className="audit-what">
        <p>
          <strong>{actor.name}</strong> <span className="audit-action">{w.actions[action]}</span>{' '}
          <What entry={entry} />
        </p>
        <p className="secondary">
          <time dateTime={at} title={absolute(at)}>
            {moment(at, now)}
          </time>
          {' · '}
          {w.kinds[actor.kind]}
          {' · '}
          {w.doors[via]}
        </p>
      </div>
      {hasChanges ? (
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={opened}
          aria-controls={changes}
          aria-label={name}
          onClick={() => setOpened(!opened)}
        >
          {w.changes}
        </Button>
      ) : null}
      <div id={changes} className="audit-changes" hidden={!opened}>
        {opened ? <DifferenceTable before={before} after={after} label={name} /> : null}
      </div>
    </li>
  );
}

/** The object, to be opened while it is there. */
function What({ entry }: { entry: AuditEntry }) {
  const { section, objectId, objectName, action } = entry;
  if (section === null) return null;
  const kind = sections[section].one;
  if (objectName === null) return <>{kind}</>;
  return (
    <>
      {kind}{' '}
      {objectId === null || action === 'deleted' ? (
        <strong>{objectName}</strong>
      ) : (
        <ObjectLink section={section} id={objectId}>
          {objectName}
        </ObjectLink>
      )}
    </>
  );
}
