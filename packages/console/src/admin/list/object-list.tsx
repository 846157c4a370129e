import type { EntryOf, Section } from '@countersign/protocol';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { administrationApi } from '../../api/administration-api.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { mayWrite } from '../../shell/roles.ts';
import { Screen } from '../../shell/screen.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import { type Column, SortableTable } from '../../table/sortable-table.tsx';
import { absolute, relative } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';
import { ObjectLink } from '../object/object-link.tsx';
import { entriesKey } from '../object/use-entry.ts';

const { list: w } = adminWords;
const TYPING_MS = 200;

interface Props<S extends Section> {
  section: S;
  /** Between the name and what uses it. */
  columns: readonly Column<EntryOf<S>>[];
  /** Under the name, in small. */
  describe?: (entry: EntryOf<S>) => ReactNode;
  /** Above the list. */
  children?: ReactNode;
}

/** The objects of a section by name: found by writing part of it, and read a page at a time. */
export function ObjectList<S extends Section>({ section, columns, describe, children }: Props<S>) {
  const roles = useWorkspaceState((state) => state.me.roles);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { title, lead } = adminWords.sections[section];
  const entries = useInfiniteQuery({
    queryKey: [...entriesKey, section, 'list', search],
    queryFn: ({ pageParam }) =>
      administrationApi.entries(section, { search, cursor: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const total = entries.data?.pages[0]?.total ?? 0;
  const isEmpty = entries.data !== undefined && total === 0;
  const now = useNow(60_000);
  return (
    <Screen title={title} lead={lead} refusal={null}>
      {children}
      {isEmpty ? null : (
        <search className="object-list-bar">
          <TextInput
            aria-label={w.search}
            placeholder={w.search}
            leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <p className="secondary" role="status">
            {entries.data ? w.shown(items.length, total) : ''}
          </p>
          {mayWrite(roles, section) ? <CreateButton section={section} /> : null}
        </search>
      )}
      {entries.isPending ? <Loading /> : null}
      {entries.isError && !entries.data ? (
        <LoadFailed text={w.failed} onRetry={() => void entries.refetch()} />
      ) : null}
      {isEmpty ? <Empty section={section} /> : null}
      {items.length > 0 ? (
        <div className="screen-card object-list">
          <SortableTable
            label={title}
            columns={[nameColumn(section, describe), ...columns, ...lastColumns<S>(now)]}
            rows={items}
            keyOf={({ id }) => id}
          />
          {entries.hasNextPage ? (
            <Button
              variant="default"
              loading={entries.isFetchingNextPage}
              onClick={() => void entries.fetchNextPage()}
            >
              {w.more}
            </Button>
          ) : null}
        </div>
      ) : null}
      {entries.data && !isEmpty && items.length === 0 ? (
        <div className="state">
          <strong>{w.noMatch(search)}</strong>
          <p>{w.noMatchHint}</p>
          <Button variant="default" onClick={() => setTyped('')}>
            {w.clear}
          </Button>
        </div>
      ) : null}
    </Screen>
  );
}

const nameColumn = <S extends Section>(
  section: S,
  describe: Props<S>['describe'],
): Column<EntryOf<S>> => ({
  name: w.name,
  value: null,
  cell: (entry) => (
    <>
      <ObjectLink section={section} id={entry.id}>
        {entry.name}
      </ObjectLink>
      {describe ? <div className="secondary">{describe(entry)}</div> : null}
    </>
  ),
});

const lastColumns = <S extends Section>(now: number): Column<EntryOf<S>>[] => [
  { name: w.usedBy, value: null, cell: (entry) => <UsedBy entry={entry} /> },
  {
    name: w.changed,
    value: null,
    cell: ({ updatedAt, updatedBy }) => (
      <>
        <time dateTime={updatedAt} title={absolute(updatedAt)}>
          {words.keys.ago(relative(updatedAt, now))}
        </time>
        {updatedBy ? <div className="secondary">{updatedBy.name}</div> : null}
      </>
    ),
  },
];

function UsedBy({ entry }: { entry: Pick<EntryOf<Section>, 'usedBy' | 'usedByCount'> }) {
  const { usedBy, usedByCount } = entry;
  const [first, second] = usedBy;
  if (first === undefined) return <span className="secondary">{w.unused}</span>;
  if (usedByCount > 2) return <span>{w.usedByCount(usedByCount)}</span>;
  return (
    <>
      <ObjectLink section={first.section} id={first.id}>
        {first.name}
      </ObjectLink>
      {second ? (
        <>
          {', '}
          <ObjectLink section={second.section} id={second.id}>
            {second.name}
          </ObjectLink>
        </>
      ) : null}
    </>
  );
}

function CreateButton({ section }: { section: Section }) {
  return (
    <Button
      className="object-list-create"
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
      renderRoot={(props) => <Link to="/admin/$section/new" params={{ section }} {...props} />}
    >
      {adminWords.sections[section].create}
    </Button>
  );
}

function Empty({ section }: { section: Section }) {
  const roles = useWorkspaceState((state) => state.me.roles);
  const { none, noneHint } = adminWords.sections[section];
  return (
    <div className="state">
      <strong>{none}</strong>
      <p>{noneHint}</p>
      {mayWrite(roles, section) ? <CreateButton section={section} /> : null}
    </div>
  );
}

function Loading() {
  return (
    <div className="screen-loading" role="status" aria-label={w.loading}>
      <Skeleton height={44} />
      <Skeleton height={44} />
      <Skeleton height={44} />
    </div>
  );
}
