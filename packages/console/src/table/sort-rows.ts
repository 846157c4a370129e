import { locale } from '../strings/language.ts';

export interface Order {
  column: number;
  descending: boolean;
}

/** Pressing a heading: ascending, then descending, then as the rows came. */
export function turned(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

const collator = new Intl.Collator(locale, { numeric: true });

/** Rows that are equal stay as they came. */
export function sortRows<Row>(
  rows: readonly Row[],
  value: (row: Row) => string | number,
  descending: boolean,
): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(value(a), value(b)));
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
