import { adminWords } from '../../strings/admin/admin-words.ts';
import { type Column, SortableTable } from '../../table/sortable-table.tsx';
import { type Difference, differences } from './differences.ts';
import { readable } from './readable.ts';

const { difference: w } = adminWords;

interface Props {
  before: unknown;
  after: unknown;
  /** Of the table, and of its columns where they are not before and after. */
  label?: string;
  beforeName?: string;
  afterName?: string;
}

/** What differs between two versions of an object, key by key. */
export function DifferenceTable({ before, after, ...names }: Props) {
  const rows = differences(before ?? undefined, after ?? undefined).flatMap(spread);
  if (rows.length === 0) return <p className="secondary">{w.none}</p>;
  const columns: Column<Difference>[] = [
    { name: w.key, value: null, cell: ({ path }) => <code>{path}</code> },
    {
      name: names.beforeName ?? w.before,
      value: null,
      cell: (row) => <Value value={row.before} />,
    },
    { name: names.afterName ?? w.after, value: null, cell: (row) => <Value value={row.after} /> },
  ];
  return (
    <SortableTable
      label={names.label ?? w.label}
      columns={columns}
      rows={rows}
      keyOf={({ path }) => path}
    />
  );
}

/** An object that came or went as a whole is read key by key, too. */
function spread(difference: Difference): Difference[] {
  if (difference.path !== '') return [difference];
  return differences(difference.before ?? {}, difference.after ?? {});
}

const Value = ({ value }: { value: unknown }) =>
  value === undefined || value === null ? (
    <span className="secondary">{readable(value)}</span>
  ) : (
    <span className="difference-value">{readable(value)}</span>
  );
