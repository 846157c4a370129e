/**
 * What kind of damage a broken link looks like. Links tell more than numbers do, which whoever removes or adds
 * an entry may rewrite: an entry's link shows after which other it was written, and at which place.
 */
import { type LinkedPlace, nextLink } from './link.ts';
import type { Broken } from './verify-trail.ts';

export interface ChainedEntry extends LinkedPlace {
  contentHash: string;
  link: Buffer;
}

type Explained = Pick<Broken, 'damage' | 'explanation'>;

/** `index`: the first entry that does not follow from what stands before it. */
export function explainBreak(
  start: Buffer,
  chain: readonly ChainedEntry[],
  index: number,
): Explained {
  const follows = (place: number, after: number, seq = after + 2): boolean => {
    const entry = chain[place];
    const before = after === -1 ? start : chain[after]?.link;
    if (!entry || !before) return false;
    return nextLink(before, entry.contentHash, { ...entry, seq }).equals(entry.link);
  };
  const places = [...chain.keys()].slice(index);
  return genuineLater() ?? writtenEarlier() ?? missingBefore() ?? changed();

  /** The entry that belongs here stands further down. */
  function genuineLater(): Explained | null {
    const found = places.find((place) => place > index && follows(place, index - 1));
    if (found === undefined) return null;
    const next = places.find((place) => place !== found && follows(place, found, index + 2));
    const isBlock = next === undefined ? found === chain.length - 1 : next === found + 1;
    if (!isBlock || next === index) return swapped(found);
    return inserted(index, found - 1);
  }

  /** This entry was written after an earlier one than that before it: what stands between is not genuine. */
  function writtenEarlier(): Explained | null {
    for (let after = index - 2; after >= -1; after -= 1) {
      if (follows(index, after)) return inserted(after + 1, index - 1);
    }
    return null;
  }

  /** Numbers leave a gap, or the next link was made for a later place than its own. */
  function missingBefore(): Explained | null {
    const entry = chain[index];
    const seq = index + 1;
    if (!entry) return null;
    const inPlace = places.findIndex((place) => chain[place]?.seq === seq);
    if (inPlace > 0) return swapped(index + inPlace);
    if (entry.seq > seq) return removed(entry.seq - seq);
    if (follows(index + 1, index)) return null;
    for (let missing = 1; missing <= MISSING_AT_MOST; missing += 1) {
      if (follows(index + 1, index, seq + 1 + missing)) return removed(missing);
    }
    return null;
  }

  function swapped(found: number): Explained {
    const explanation = `Entry ${index + 1} stands at place ${found + 1}: entries were swapped.`;
    return { damage: 'swapped', explanation };
  }

  function inserted(first: number, last: number): Explained {
    const which =
      first === last ? `Entry ${first + 1} was` : `Entries ${first + 1} to ${last + 1} were`;
    return { damage: 'inserted', explanation: `${which} inserted: the others do without.` };
  }

  function removed(count: number): Explained {
    const what = count === 1 ? 'One entry is' : `${count} entries are`;
    return {
      damage: 'removed',
      explanation: `${what} missing before what stands at ${index + 1}.`,
    };
  }

  function changed(): Explained {
    const seq = index + 1;
    if (chain[index]?.seq !== seq && chain[index]?.seq === index)
      return {
        damage: 'inserted',
        explanation: `Number ${index} stands there twice: one of the two was inserted.`,
      };
    if (follows(index + 1, index))
      return {
        damage: 'changed',
        explanation: `Entry ${seq} was changed; the next one still fits to what it was.`,
      };
    const or = index === 0 ? '' : `, or entry ${index} was, and its link made anew`;
    return { damage: 'changed', explanation: `Entry ${seq} was changed${or}.` };
  }
}

/** How far a renumbered gap is looked for. */
const MISSING_AT_MOST = 10_000;
