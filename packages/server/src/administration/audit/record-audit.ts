import type { AuditAction, Section } from '@countersign/protocol';
import type { Kysely } from 'kysely';
import type { Origin, RecordWritten, StoredObject, Written } from '../../configuration/index.ts';
import { type Clock, newId } from '../../platform/index.ts';
import { fileObject, sealedForm } from '../objects/file-object.ts';
import { type Names, namesOf } from '../objects/names.ts';
import { insertAudit } from './audit-store.ts';
import { markChangedSecrets } from './changed-secrets.ts';

/** Something that somebody did which is no change of an object. */
export interface Deed {
  action: AuditAction;
  section?: Section;
  objectId?: string;
  objectName?: string;
  before?: unknown;
  after?: unknown;
}

/** Records a deed, in the caller's transaction where there is one. */
export async function recordAudit(
  db: Kysely<unknown>,
  clock: Clock,
  { actor, via }: Origin,
  { action, section, objectId, objectName, before, after }: Deed,
): Promise<void> {
  await insertAudit(db, [
    {
      id: newId(),
      at: new Date(clock.now()),
      ...{ actor, via, action },
      section: section ?? null,
      objectId: objectId ?? null,
      objectName: objectName ?? null,
      before: before ?? null,
      after: after ?? null,
    },
  ]);
}

/** Records every change of the business's objects, in the transaction that makes it. */
export function auditWriter(clock: Clock): RecordWritten {
  return async (written, { actor, via }, stored, transaction) => {
    const names = namesOf([...stored, ...written.flatMap(({ after }) => after ?? [])]);
    const at = new Date(clock.now());
    const rows = written.flatMap((change) => {
      const object = change.after ?? change.before;
      if (!object) return [];
      const { before, after } = shownOf(change, names);
      const [section, objectId, objectName] = [object.kind, object.id, object.name];
      const action = actionOf(change);
      return [
        { id: newId(), at, actor, via, action, section, objectId, objectName, before, after },
      ];
    });
    await insertAudit(transaction, rows);
  };
}

function actionOf({ before, after }: Written): AuditAction {
  if (!after) return 'deleted';
  if (after.kind === 'messengerConfigurations') return 'published';
  return before ? 'updated' : 'created';
}

/** In the words of the file, with the names of that moment. */
function shownOf(change: Written, names: Names): { before: unknown; after: unknown } {
  const shown = (object: StoredObject | null) => object && fileObject(object, names, sealedForm);
  const after = shown(change.after);
  const secrets = (object: StoredObject | null) =>
    object && fileObject(object, names, { secret: (value) => value, hashed: hashedAsIs });
  return {
    before: shown(change.before),
    after: markChangedSecrets(after, secrets(change.before), secrets(change.after)),
  };
}

const hashedAsIs = (field: string, hash: string): object => ({ [field]: hash });
