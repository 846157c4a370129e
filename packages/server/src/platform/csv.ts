/**
 * CSV (RFC 4180). Names are people's own words: what a spreadsheet would take for a formula is made text
 * (CWE-1236).
 */
export type Cell = string | number | null | undefined;

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Numbers are ours and stay numbers, negative ones too. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
