import type { ConfigurationFault } from '@countersign/protocol';
import type { LineCounter } from 'yaml';

/**
 * Collects every fault of one file and knows where each path stands in it. A path that does not
 * stand in the file (a missing key, a default) is reported where its nearest parent begins.
 */
export interface FileFaults {
  place(path: string, offset: number): void;
  /** `offset` for what has a place but no path of its own (syntax). */
  report(path: string, message: string, offset?: number): void;
  /** Sorted by line. */
  all(): ConfigurationFault[];
}

export function createFileFaults(lines: LineCounter): FileFaults {
  const places = new Map<string, number>();
  const faults: ConfigurationFault[] = [];

  function offsetOf(path: string): number {
    for (let at = path; at !== ''; at = parentOf(at)) {
      const offset = places.get(at);
      if (offset !== undefined) return offset;
    }
    return 0;
  }

  return {
    place: (path, offset) => void places.set(path, offset),
    report(path, message, offset = offsetOf(path)) {
      const { line, col } = lines.linePos(offset);
      faults.push({ line: Math.max(1, line), column: Math.max(1, col), path, message });
    },
    all: () => faults.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

const parentOf = (path: string): string => path.replace(/(\[\d+\]|\.?[^.[\]]+)$/, '');
