import type { Section } from '@countersign/protocol';
import type { Applying } from '../apply-configuration.ts';
import { type Alongside, deleteObject } from '../objects/change-object.ts';
import { effectsOf, endSessionsOf } from '../objects/object-effects.ts';
import type { VendorParts } from './parts.ts';
import { changing, conflict } from './vendor-fault.ts';

/**
 * Deletes an object of ours, and signs out who came in by it. Faults 409 while something refers to it or
 * conversations hang on it.
 */
export async function removeObject(
  parts: VendorParts,
  object: { section: Section; id: string; version: number },
  author: Applying,
  alongside?: Alongside,
): Promise<void> {
  const { configuration } = parts;
  const { openConversations } = await effectsOf(parts, configuration.stored(), object);
  if (openConversations > 0) {
    throw conflict(`${openConversations} open conversations hang on it. Nothing was deleted.`);
  }
  const asItIs = (path: string) => path;
  await changing(asItIs, () => deleteObject(parts, object, author, alongside));
  await configuration.refresh();
  await endSessionsOf(parts, object, author.origin.actor.name);
}
