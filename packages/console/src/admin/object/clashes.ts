import { differences } from './differences.ts';
import { isSame, valueAt } from './paths.ts';

export interface Clash {
  path: string;
  mine: unknown;
  theirs: unknown;
  /** Both changed it, and not to the same. */
  byBoth: boolean;
}

/** What differs between one's own version and another's; both began with `base`. */
export const clashes = (base: unknown, mine: unknown, theirs: unknown): Clash[] =>
  differences(theirs, mine).map(({ path, before, after }) => {
    const was = valueAt(base, path);
    return {
      path,
      mine: after,
      theirs: before,
      byBoth: !isSame(was, before) && !isSame(was, after),
    };
  });
