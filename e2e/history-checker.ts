// The judge of every fault: holds what was acknowledged against what is stored.

export interface History {
  /** Numbers whose echo came back. */
  acknowledged: Set<number>;
  /** The whole log in its order; `number` where the entry is one of the customer's messages. */
  stored: { number?: number; seq: number; at: string }[];
}

export interface Judgement {
  lost: number;
  doubled: number;
  disordered: number;
  gaps: number;
}

/** Acknowledged ⊆ stored, each once, in order of sending; `seq` without gaps, times strictly increasing. */
export function judge({ acknowledged, stored }: History): Judgement {
  const numbers = storedNumbers(stored);
  const known = new Set(numbers);
  return {
    lost: [...acknowledged].filter((number) => !known.has(number)).length,
    doubled: numbers.length - known.size,
    disordered: numbers.filter((number, i) => i > 0 && number <= (numbers[i - 1] ?? -1)).length,
    gaps: stored.filter((entry, i) => {
      const before = stored[i - 1];
      return before && (entry.seq !== before.seq + 1 || entry.at <= before.at);
    }).length,
  };
}

export const storedNumbers = (stored: History['stored']): number[] =>
  stored.flatMap(({ number }) => (number === undefined ? [] : [number]));
