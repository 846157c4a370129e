import { Fault } from '../platform/index.ts';
import type { MergeBlock } from './records.ts';

/** What decides whether two contacts may become one. */
export interface MergeSide {
  id: string;
  isMerged: boolean;
  /** Somebody has proven to be this person, or one that was merged into it. */
  isVerified: boolean;
  /** Contacts were merged into it. */
  hasMerges: boolean;
}

/** Two verified people are never one, however many merges lie between them. */
export function mergeBlock(contact: MergeSide, into: MergeSide): MergeBlock | null {
  if (contact.id === into.id) return 'same_contact';
  if (contact.isMerged || into.isMerged) return 'already_merged';
  if (contact.isVerified && into.isVerified) return 'both_verified';
  if (contact.hasMerges) return 'has_merges';
  return null;
}

const SENTENCES: Record<MergeBlock, string> = {
  same_contact: 'A contact cannot be merged into itself.',
  both_verified: 'Both are proven to be somebody. Two verified people are never merged.',
  already_merged: 'One of them has been merged already. Read it again.',
  has_merges: 'Contacts were merged into this one. Merge the other way round, or undo those first.',
};

export const mergeFault = (block: MergeBlock): Fault => new Fault(block, 409, SENTENCES[block]);
