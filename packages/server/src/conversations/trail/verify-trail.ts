/**
 * Holds an export against its own chain, and against a head that was kept elsewhere. What a chain proves, and
 * what it cannot: docs/subsystems/identity-trail.md.
 */
import { isDeepStrictEqual } from 'node:util';
import { Trail, TrailEntry } from '@countersign/protocol';
import { Compile } from 'typebox/compile';
import { contentHash } from './content-hash.ts';
import { type ChainedEntry, explainBreak } from './explain-break.ts';
import { identityWalk } from './identity-of-entries.ts';
import { firstLink, nextLink } from './link.ts';

export type Damage =
  | 'malformed'
  | 'changed'
  | 'removed'
  | 'inserted'
  | 'swapped'
  | 'truncated'
  | 'unfounded';

export interface Broken {
  /** The first place at which the chain does not hold, counted from 1. */
  seq: number;
  damage: Damage;
  /** One sentence for a person. */
  explanation: string;
}

export type TrailVerdict =
  | { outcome: 'unreadable'; explanation: string }
  | { outcome: 'broken'; conversation: string; broken: Broken }
  | {
      outcome: 'whole';
      conversation: string;
      entries: number;
      head: string;
      /** Up to which entry the kept head vouches; null: none was given. */
      keptAt: number | null;
    };

const envelope = Compile(Trail);
const entryForm = Compile(TrailEntry);

/** `keptHead`: hexadecimal, as it was noted outside the system that made the export. */
export function verifyTrail(value: unknown, keptHead?: string): TrailVerdict {
  const trail = readTrail(value);
  if (typeof trail === 'string') return { outcome: 'unreadable', explanation: trail };
  const conversation = trail.conversation.id;
  const start = firstLink(conversation);
  const broken =
    malformedEntry(trail.entries) ?? brokenLink(start, trail) ?? brokenHead(start, trail);
  if (broken) return { outcome: 'broken', conversation, broken };
  const links = [start.toString('hex'), ...trail.entries.map(({ link }) => link)];
  const keptAt = keptHead === undefined ? null : links.indexOf(keptHead.toLowerCase());
  if (keptAt === -1) return { outcome: 'broken', conversation, broken: notKept(trail) };
  const entries = trail.entries.length;
  return { outcome: 'whole', conversation, entries, head: trail.head, keptAt };
}

/** The export with entries that may still be malformed, or why it is none. */
function readTrail(value: unknown): Trail | string {
  const given = typeof value === 'object' && value !== null ? value : {};
  const entries = 'entries' in given ? given.entries : undefined;
  if (!Array.isArray(entries)) return 'This is no export of an identity trail.';
  // Entries are looked at one by one, so that the first bad one is named
  const frame = { ...given, entries: [] };
  if (envelope.Check(frame)) return { ...frame, entries };
  const [first] = envelope.Errors(frame);
  return `This is no export of an identity trail: ${first?.instancePath || 'it'} does not fit.`;
}

function malformedEntry(entries: readonly unknown[]): Broken | null {
  for (const [index, entry] of entries.entries()) {
    if (entryForm.Check(entry) && new Date(entry.at).toJSON() === entry.at) continue;
    const [first] = entryForm.Errors(entry);
    const place = first?.instancePath || (first ? 'a member' : '/at');
    return broken(index, 'malformed', `Entry ${index + 1} has not the form of one: ${place}.`);
  }
  return null;
}

function brokenLink(start: Buffer, { entries }: Trail): Broken | null {
  const chain = entries.map(chained);
  const identityOf = identityWalk();
  let before = start;
  for (const [index, entry] of entries.entries()) {
    const seq = index + 1;
    const item = chain[index];
    if (!item) break;
    const link = nextLink(before, item.contentHash, { ...item, seq });
    if (entry.seq !== seq || !link.equals(item.link)) {
      return { seq, ...explainBreak(start, chain, index) };
    }
    if (item.at <= (chain[index - 1]?.at ?? Number.NEGATIVE_INFINITY)) {
      return broken(index, 'changed', `Entry ${seq} is not later than the one before it.`);
    }
    const told = identityOf(entry);
    if (!isDeepStrictEqual(told.identity, entry.identity)) {
      const why = `The identity beside entry ${seq} is not what the entries themselves say.`;
      return broken(index, 'changed', why);
    }
    if (!told.founded) {
      const why = `Entry ${seq} says ${entry.identityState}, and no sign-in before it says why.`;
      return broken(index, 'unfounded', why);
    }
    before = link;
  }
  return null;
}

const chained = (entry: TrailEntry): ChainedEntry => ({
  seq: entry.seq,
  at: Date.parse(entry.at),
  identityState: entry.identityState,
  contentHash: contentHash(entry),
  link: Buffer.from(entry.link, 'hex'),
});

function brokenHead(start: Buffer, { head, entries }: Trail): Broken | null {
  const last = entries.at(-1)?.link ?? start.toString('hex');
  if (head === last) return null;
  const why = `The export names another head than that of its last entry, ${entries.length}: entries after it were removed, or the head was changed.`;
  return broken(entries.length, 'truncated', why);
}

function notKept({ entries }: Trail): Broken {
  const why = `No entry has the head that was kept: entries after ${entries.length} were removed, or the chain was made anew.`;
  return broken(entries.length, 'truncated', why);
}

const broken = (index: number, damage: Damage, explanation: string): Broken => ({
  seq: index + 1,
  damage,
  explanation,
});
