import type { EntryOf, ObjectFault, Section } from '@countersign/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangedMeanwhile, InvalidConfiguration } from '../../api/administration-api.ts';
import { RequestError } from '../../api/request.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { mayWrite } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { putOnTop } from './differences.ts';
import { outward } from './faults.ts';
import type { FormState } from './form-context.ts';
import { type Changes, keptChanges } from './kept-changes.ts';
import { isSame, withValue } from './paths.ts';
import type { Saving } from './saving.ts';
import { entriesKey, entryKey } from './use-entry.ts';
import { useFieldLabels } from './use-field-labels.ts';

const { object: w } = adminWords;

export interface ObjectForm<S extends Section> extends FormState {
  entry: EntryOf<S> | null;
  /** What was last loaded or saved. */
  base: unknown;
  state: 'idle' | 'saving' | 'saved';
  /** Why the last saving failed, other than by faults or a conflict. */
  failure: string | null;
  /** What somebody else saved since this was loaded. */
  conflict: EntryOf<S> | null;
  /** They were made before the session ended. */
  hasKeptChanges: boolean;
  /** Another object as the one being written, such as an older version. */
  replaceWith(object: unknown): void;
  /** What the node answered to something else than saving, such as publishing. */
  accept(entry: EntryOf<S>): void;
  /** The entry as it is now; null: it was not saved. */
  save(): Promise<EntryOf<S> | null>;
  discard(): void;
  takeTheirs(): void;
  putMineOnTop(): void;
  decideLater(): void;
  /** Before one leaves: nothing of the changes is kept. */
  forget(): void;
  isDirtyNow(): boolean;
}

interface Options<S extends Section> {
  section: S;
  /** Null: it is created. */
  entry: EntryOf<S> | null;
  /** With what a new one begins. */
  initial: unknown;
  saving: Saving<S>;
}

/** With an empty path the whole object is another. */
const concerns = (fault: ObjectFault, path: string): boolean =>
  path === '' || outward(fault.path).includes(path);

/** The state of a form: what was loaded, what was changed, and what the node says of it. */
export function useObjectForm<S extends Section>(options: Options<S>): ObjectForm<S> {
  const { section, entry, initial, saving } = options;
  const me = useWorkspaceState((state) => state.me);
  const client = useQueryClient();
  const labels = useFieldLabels();
  const key = `${me.id} ${section} ${entry?.id ?? 'new'}`;
  const shown = entry ? saving.shownOf(entry) : { object: initial, version: 0 };
  const fresh: Changes = { base: shown.object, version: shown.version, object: shown.object };
  const [hasKeptChanges, setHasKeptChanges] = useState(() => keptChanges.of(key) !== null);
  const [changes, setChanges] = useState(() => keptChanges.of(key) ?? fresh);
  const [faults, setFaults] = useState<readonly ObjectFault[]>([]);
  const [conflict, setConflict] = useState<EntryOf<S> | null>(null);
  const [state, setState] = useState<ObjectForm<S>['state']>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const dirty = !isSame(changes.base, changes.object);
  const dirtyNow = useRef(dirty);
  dirtyNow.current = dirty;

  // Read anew: where nothing of one's own is in it, it is as it is there
  const [seen, setSeen] = useState(entry);
  if (seen !== entry) {
    setSeen(entry);
    if (!dirty) setChanges(fresh);
  }

  useEffect(() => {
    if (dirty) keptChanges.keep(key, changes);
    else keptChanges.forget(key);
  }, [dirty, key, changes]);

  const set = useCallback((path: string, value: unknown) => {
    setState('idle');
    setFaults((before) => before.filter((fault) => !concerns(fault, path)));
    setChanges((before) => ({ ...before, object: withValue(before.object, path, value) }));
  }, []);

  const calm = () => {
    setFaults([]);
    setFailure(null);
    setConflict(null);
    setHasKeptChanges(false);
  };
  const forget = () => {
    dirtyNow.current = false;
    keptChanges.forget(key);
  };
  const restart = (from: EntryOf<S>, object?: unknown) => {
    const now = saving.shownOf(from);
    const next = { base: now.object, version: now.version, object: object ?? now.object };
    calm();
    setChanges(next);
    client.setQueryData(entryKey(section, from.id), from);
    return next;
  };

  const failed = (error: unknown) => {
    setState('idle');
    if (!(error instanceof RequestError)) setFailure(w.saveFailed);
    else if (error.code === 'invalid_configuration') {
      setFaults(error.problem<InvalidConfiguration>().faults);
    } else if (error.code === 'changed_meanwhile') {
      setConflict(error.problem<ChangedMeanwhile<S>>().current);
    } else if (error.status === 403) setFailure(w.forbidden);
    else setFailure(error.status < 500 && error.detail ? error.detail : w.saveFailed);
    return null;
  };

  const saveChanges = async ({ object, version }: Changes) => {
    calm();
    setState('saving');
    try {
      const saved = await saving.save(entry, object, version);
      forget();
      restart(saved);
      setState('saved');
      await client.invalidateQueries({ queryKey: entriesKey });
      return saved;
    } catch (error) {
      return failed(error);
    }
  };

  return {
    section,
    id: entry?.id ?? null,
    entry,
    base: changes.base,
    object: changes.object,
    dirty,
    readOnly: !mayWrite(me.roles, section),
    faults,
    ...labels,
    state,
    failure,
    conflict,
    hasKeptChanges,
    set,
    replaceWith: (object) => setChanges((before) => ({ ...before, object })),
    accept(changed) {
      restart(changed);
      void client.invalidateQueries({ queryKey: entriesKey });
    },
    save: () => saveChanges(changes),
    discard() {
      calm();
      setState('idle');
      setChanges(fresh);
    },
    takeTheirs() {
      if (conflict) restart(conflict);
    },
    putMineOnTop() {
      if (!conflict) return;
      const theirs = saving.shownOf(conflict).object;
      const merged = putOnTop(changes.base, changes.object, theirs);
      void saveChanges(restart(conflict, merged));
    },
    decideLater: () => setConflict(null),
    forget,
    isDirtyNow: () => dirtyNow.current,
  };
}
