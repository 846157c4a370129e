import type { Actor } from '@countersign/protocol';

/** A node that applied a file has no id. */
export const userReference = ({ id, name }: Actor): { id?: string; name: string } => ({
  ...(id !== undefined && { id }),
  name,
});
