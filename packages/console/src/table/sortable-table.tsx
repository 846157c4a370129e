import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { words } from '../strings/words.ts';
import { type Order, sortRows, turned } from './sort-rows.ts';
import './table.css';

export interface Column<Row> {
  name: string;
  /** What is sorted by; null: this column is not. */
  value: ((row: Row) => string | number) | null;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A table sorted by the column whose heading is pressed; on narrow screens each row is a card. */
export function SortableTable<Row>({ label, columns, rows, keyOf }: Props<Row>) {
  const [order, setOrder] = useState<Order | null>(null);
  const by = order === null ? null : (columns[order.column]?.value ?? null);
  const shown = order && by ? sortRows(rows, by, order.descending) : rows;
  return (
    <table className="table" aria-label={label}>
      <thead>
        <tr>
          {columns.map((column, at) => (
            <Heading
              key={column.name}
              column={column}
              direction={
                order?.column === at ? (order.descending ? 'descending' : 'ascending') : null
              }
              onPress={() => setOrder(turned(order, at))}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td
                key={column.name}
                data-label={column.name}
                className={column.numeric ? 'numeric' : undefined}
              >
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps<Row> {
  column: Column<Row>;
  direction: 'ascending' | 'descending' | null;
  onPress: () => void;
}

function Heading<Row>({ column, direction, onPress }: HeadingProps<Row>) {
  const className = column.numeric ? 'numeric' : undefined;
  if (column.value === null) {
    return (
      <th scope="col" className={className}>
        {column.name}
      </th>
    );
  }
  const Icon =
    direction === null ? IconArrowsSort : direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" className={className} aria-sort={direction ?? 'none'}>
      <button type="button" title={words.table.sortBy(column.name)} onClick={onPress}>
        {column.name} <Icon size={12} stroke={1.75} aria-hidden />
      </button>
    </th>
  );
}
