import {
  type Draft,
  deleteDraft,
  readDrafts,
  type StoredObject,
  type UnpublishedConfiguration,
  writeDraft,
} from '../../configuration/index.ts';
import { notFound } from '../../platform/index.ts';
import type { Applying, ApplyParts } from '../apply-configuration.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { RefusedChange } from './change-object.ts';
import { checkObject } from './check-object.ts';
import { fileObject, sealedForm } from './file-object.ts';
import { namesOf } from './names.ts';

const section = 'messengerConfigurations';
type Configuration = Extract<Draft, { kind: typeof section }>;

/**
 * Keeps a messenger configuration that is not yet to be seen by customers. `version` is that of the draft
 * that was seen, 0 when there was none. Throws `RefusedChange`.
 */
export async function saveDraft(
  { writer, clock }: ApplyParts,
  { id, object, version }: { id: string; object: object; version: number },
  { origin }: Applying,
): Promise<void> {
  await writer.write(origin, async (stored, transaction) => {
    const [before] = await readDrafts(transaction, id);
    if ((before?.version ?? 0) !== version)
      throw new RefusedChange({ because: 'changed-meanwhile' });
    const { name, body } = checked(id, object, stored);
    const updatedAt = new Date(clock.now());
    const draft = { id, name, body, version: version + 1, updatedAt, updatedBy: origin.actor };
    await writeDraft(transaction, draft);
    const shown = (item: UnpublishedConfiguration) =>
      fileObject({ ...item, kind: section }, namesOf(stored), sealedForm);
    await recordAudit(transaction, clock, origin, {
      ...{ action: 'draft-saved', section, objectId: id, objectName: name },
      before: before ? shown(before) : null,
      after: shown(draft),
    });
    return { put: [] };
  });
}

function checked(id: string, object: object, stored: readonly StoredObject[]): Configuration {
  const result = checkObject({ section, id, object }, stored);
  if ('faults' in result) throw new RefusedChange({ because: 'faults', faults: result.faults });
  if (result.draft.kind !== section) throw new Error('a draft of another kind');
  return result.draft;
}

/** The draft becomes the next version. Throws `RefusedChange`, and the fault `not_found` 404. */
export async function publishDraft(
  { writer }: ApplyParts,
  { id, version }: { id: string; version: number },
  { origin }: Applying,
): Promise<void> {
  await writer.write(origin, async (stored, transaction) => {
    const [draft] = await readDrafts(transaction, id);
    if (!draft) throw notFound('draft');
    if (draft.version !== version) throw new RefusedChange({ because: 'changed-meanwhile' });
    // What it refers to may have been deleted since it was saved
    const known = new Set(stored.map((object) => object.id));
    const { settingId } = draft.body.authentication;
    if (settingId !== null && !known.has(settingId)) throw gone();
    await deleteDraft(transaction, id);
    return { put: [{ kind: section, id, name: draft.name, body: draft.body }] };
  });
}

const gone = (): RefusedChange =>
  new RefusedChange({
    because: 'faults',
    faults: [
      {
        path: 'authentication.setting',
        message: 'expected an authentication setting that is there: this one was deleted',
      },
    ],
  });

/** Fault `not_found` 404. */
export async function discardDraft(
  { writer, clock }: ApplyParts,
  id: string,
  { origin }: Applying,
): Promise<void> {
  await writer.write(origin, async (stored, transaction) => {
    const [draft] = await readDrafts(transaction, id);
    if (!draft || !(await deleteDraft(transaction, id))) throw notFound('draft');
    await recordAudit(transaction, clock, origin, {
      ...{ action: 'draft-discarded', section, objectId: id, objectName: draft.name },
      before: fileObject({ ...draft, kind: section }, namesOf(stored), sealedForm),
    });
    return { put: [] };
  });
}
