/** `countersign verify-trail`: reads a file, needs neither a node nor a database. */
import { type TrailVerdict, verifyTrail } from './verify-trail.ts';

export interface VerifyTrailRun {
  /** The text of the export. */
  text: string;
  /** The head that was kept elsewhere, hexadecimal. */
  head: string | undefined;
  json: boolean;
  print(line: string): void;
}

/** The exit code: 0 whole, 1 broken, 2 not to be read. */
export function runVerifyTrail({ text, head, json, print }: VerifyTrailRun): number {
  const verdict = verdictOf(text, head);
  if (json) print(JSON.stringify(verdict));
  else for (const line of linesOf(verdict)) print(line);
  return EXIT_CODES[verdict.outcome];
}

const EXIT_CODES = { whole: 0, broken: 1, unreadable: 2 };

function verdictOf(text: string, head: string | undefined): TrailVerdict {
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head))
    return { outcome: 'unreadable', explanation: 'A head has 64 hexadecimal digits.' };
  try {
    return verifyTrail(JSON.parse(text), head);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return { outcome: 'unreadable', explanation: 'This is no JSON; an export may be cut off.' };
  }
}

function linesOf(verdict: TrailVerdict): string[] {
  switch (verdict.outcome) {
    case 'unreadable':
      return [verdict.explanation];
    case 'broken': {
      const { seq, damage, explanation } = verdict.broken;
      return [
        `Conversation ${verdict.conversation}: NOT whole.`,
        `First broken at entry ${seq} (${damage}). ${explanation}`,
      ];
    }
    case 'whole':
      return [
        `Conversation ${verdict.conversation}: ${verdict.entries} entries, head ${verdict.head}`,
        provenBy(verdict),
      ];
  }
}

function provenBy({ keptAt, entries }: Extract<TrailVerdict, { outcome: 'whole' }>): string {
  if (keptAt === null)
    return 'Proven: these entries, their order, times and sign-ins fit one another and this head; that nothing was rewritten as a whole or cut off at the end, only a head kept elsewhere proves (--head).';
  const later = keptAt === entries ? '' : ` Entries after ${keptAt} came later than the kept head.`;
  return `Proven: entries 1 to ${keptAt}, their order, times and sign-ins are those that had the kept head.${later}`;
}
