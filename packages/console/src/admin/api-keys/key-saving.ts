import { isMap } from '../object/paths.ts';
import { plainSaving, type Saving } from '../object/saving.ts';
import { shownOnce } from './shown-once.ts';

const plain = plainSaving('apiKeys');

/** A token that was sent and taken is kept for the one time that it is shown. */
export const keySaving: Saving<'apiKeys'> = {
  ...plain,
  async save(entry, object, version) {
    const saved = await plain.save(entry, object, version);
    const token = isMap(object) ? object.token : undefined;
    if (typeof token === 'string') shownOnce.keep(saved.id, token);
    return saved;
  },
};
