import type { EntryOf, PublishedVersion } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { administrationApi } from '../../api/administration-api.ts';
import { ConfirmDialog } from '../../dialog/confirm-dialog.tsx';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import { absolute, relative } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';
import { DifferenceTable } from '../object/difference-table.tsx';
import { entriesKey } from '../object/use-entry.ts';

const { messengers: w } = adminWords;

type Entry = EntryOf<'messengerConfigurations'>;

/** Every version that was live, each with what it changed; an older one can be brought back. */
export function Versions({ entry }: { entry: Entry }) {
  const versions = useQuery({
    queryKey: [...entriesKey, 'messengerConfigurations', 'versions', entry.id, entry.version],
    queryFn: () => administrationApi.versions(entry.id),
  });
  if (versions.isPending) return <Skeleton height={180} radius={12} />;
  if (!versions.data) {
    return <LoadFailed text={w.versionsFailed} onRetry={() => void versions.refetch()} />;
  }
  const { items } = versions.data;
  return (
    <div className="object-form">
      <p className="secondary">{w.versionsLead}</p>
      {entry.draft ? <Draft before={items[0]?.object} after={entry.draft.object} /> : null}
      {items.length === 0 ? <p>{w.noVersions}</p> : null}
      {items.map((version, at) => (
        <Version
          key={version.version}
          version={version}
          before={items[at + 1]}
          entry={entry}
          isLive={at === 0}
        />
      ))}
    </div>
  );
}

function Draft({ before, after }: { before: unknown; after: unknown }) {
  return (
    <section className="screen-card">
      <h2>{w.draftOf}</h2>
      <h3>{w.draftChanges}</h3>
      <DifferenceTable before={before} after={after} label={w.draftChanges} />
    </section>
  );
}

interface VersionProps {
  version: PublishedVersion;
  /** The one that was live before it. */
  before: PublishedVersion | undefined;
  entry: Entry;
  isLive: boolean;
}

function Version({ version, before, entry, isLive }: VersionProps) {
  const now = useNow(60_000);
  const { version: number, publishedAt, publishedBy, object } = version;
  const when = words.keys.ago(relative(publishedAt, now));
  return (
    <section className="screen-card">
      <header className="version-header">
        <h2>
          {w.version(number)} {isLive ? <span className="level-good">· {w.isLive}</span> : null}
        </h2>
        {isLive ? null : <RollBack entry={entry} number={number} object={object} />}
      </header>
      <p className="secondary" title={absolute(publishedAt)}>
        {publishedBy ? w.publishedBy(publishedBy.name, when) : w.publishedAt(when)}
      </p>
      {before ? (
        <>
          <h3>{w.changesSince(before.version)}</h3>
          <DifferenceTable
            before={before.object}
            after={object}
            label={w.changesSince(before.version)}
          />
        </>
      ) : (
        <p>{w.first}</p>
      )}
    </section>
  );
}

function RollBack(props: { entry: Entry; number: number; object: unknown }) {
  const { entry, number, object } = props;
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const rollBack = async () => {
    const { id, version } = entry;
    await administrationApi.replace('messengerConfigurations', id, object, version);
    await client.invalidateQueries({ queryKey: entriesKey });
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpened(true)}>
        {w.rollBack}
      </Button>
      <ConfirmDialog
        opened={opened}
        title={w.rollBackTitle(number)}
        effect={w.rollBackLead(entry.usedByCount)}
        submit={w.rollBack}
        failed={w.rollBackFailed}
        onConfirm={rollBack}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
