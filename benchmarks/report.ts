// How figures are summed up and shown: medians with their spread, never a single run.
import { cpus, totalmem } from 'node:os';

export interface Summary {
  median: number;
  min: number;
  max: number;
}

export function summary(values: number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: percentile(sorted, 50),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** Nearest rank; `sorted` ascending. */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const rank = Math.ceil((p / 100) * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? Number.NaN;
}

export function show({ median, min, max }: Summary, unit: string, digits = 2): string {
  const text = (value: number) => value.toFixed(digits);
  return `${text(median)} ${unit} (${text(min)}–${text(max)})`;
}

/** Prints a Markdown table: what BASELINES.md holds. */
export function table(head: string[], rows: string[][]): void {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}

export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${model}), ${gib} GiB, Node ${process.version}`;
}
