import { administrationApi } from '../../api/administration-api.ts';
import type { Saving } from '../object/saving.ts';

/** A messenger is written as a draft; what is live changes when it is published. */
export const draftSaving: Saving<'messengerConfigurations'> = {
  shownOf: ({ object, draft }) => draft ?? { object, version: 0 },
  save: (entry, object, version) =>
    entry
      ? administrationApi.saveDraft(entry.id, object, version)
      : administrationApi.createDraft(object),
};
