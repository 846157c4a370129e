import type { EntryOf, Section } from '@countersign/protocol';
import { administrationApi } from '../../api/administration-api.ts';

/** How a form reads and writes its object. A messenger has drafts, and its own. */
export interface Saving<S extends Section> {
  /** What is edited of an entry, and the version that is named when it is saved. */
  shownOf(entry: EntryOf<S>): { object: unknown; version: number };
  /** `entry` null: it is created. Throws `RequestError`. */
  save(entry: EntryOf<S> | null, object: unknown, version: number): Promise<EntryOf<S>>;
}

export const plainSaving = <S extends Section>(section: S): Saving<S> => ({
  shownOf: ({ object, version }) => ({ object, version }),
  save: (entry, object, version) =>
    entry
      ? administrationApi.replace(section, entry.id, object, version)
      : administrationApi.create(section, object),
});
