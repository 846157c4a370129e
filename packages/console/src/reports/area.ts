import type { Series } from './series.ts';

/** Where values are drawn: pixels, and the value at its upper edge. */
export interface Area {
  width: number;
  height: number;
  top: number;
  steps: string[];
  series: Series[];
  read: (value: number) => string;
}
