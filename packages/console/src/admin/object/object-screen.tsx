import type { EntryOf, Section } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { RequestError } from '../../api/request.ts';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { FaultSummary } from './fault-summary.tsx';
import { FormProvider } from './form-context.ts';
import { HistoryLine } from './history-line.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { ObjectFrame } from './object-frame.tsx';
import { type ObjectTab, ObjectTabs } from './object-tabs.tsx';
import { SaveBar } from './save-bar.tsx';
import { plainSaving, type Saving } from './saving.ts';
import { entriesKey, useEntry } from './use-entry.ts';
import { type ObjectForm, useObjectForm } from './use-object-form.ts';

const { object: w } = adminWords;

export interface ObjectScreenProps<S extends Section> {
  section: S;
  /** Null: one is created. */
  id: string | null;
  /** With what a new one begins. */
  initial: unknown;
  /** Another way of reading and saving; default: as it is. */
  saving?: Saving<S>;
  /** Beside the title, such as whether it is live. */
  sign?: (entry: EntryOf<S>) => ReactNode;
  /** Further parts of the page, beside the settings. */
  tabs?: (entry: EntryOf<S>) => ObjectTab[];
  /** In the bar at the lower edge, beside Save. */
  actions?: (form: ObjectForm<S>) => ReactNode;
  submit?: string;
  /** Beside the fields, where there is room; below them where there is none. */
  aside?: (form: ObjectForm<S>) => ReactNode;
  /** The fields. */
  children: (form: ObjectForm<S>) => ReactNode;
}

/** The screen of one object: its fields, who changed it, and everything that can go wrong with saving. */
export function ObjectScreen<S extends Section>(props: ObjectScreenProps<S>) {
  const { section, id } = props;
  if (id === null) return <Loaded {...props} entry={null} />;
  return <Stored key={`${section} ${id}`} {...props} id={id} />;
}

function Stored<S extends Section>(props: ObjectScreenProps<S> & { id: string }) {
  const { section, id } = props;
  const entry = useEntry(section, id);
  if (entry.data) return <Loaded {...props} entry={entry.data} />;
  if (entry.isPending) {
    return (
      <ObjectFrame section={section} title="">
        <div className="screen-loading" role="status" aria-label={w.loading}>
          <Skeleton height={28} width={280} />
          <Skeleton height={260} radius={12} />
        </div>
      </ObjectFrame>
    );
  }
  const missing = entry.error instanceof RequestError && entry.error.status === 404;
  return (
    <ObjectFrame section={section} title="">
      {missing ? (
        <div className="state">
          <strong>{w.missing}</strong>
          <p>{w.missingHint}</p>
        </div>
      ) : (
        <LoadFailed text={w.failed} onRetry={() => void entry.refetch()} />
      )}
    </ObjectFrame>
  );
}

function Loaded<S extends Section>(props: ObjectScreenProps<S> & { entry: EntryOf<S> | null }) {
  const { section, entry, initial } = props;
  const saving = props.saving ?? plainSaving(section);
  const form = useObjectForm({ section, entry, initial, saving });
  const navigate = useNavigate();
  const save = async () => {
    const saved = await form.save();
    if (!saved || entry) return;
    const params = { section, id: saved.id };
    await navigate({ to: '/admin/$section/$id', params, replace: true, state: { created: true } });
  };
  const settings = (
    <form
      className={`object-form ${props.aside ? 'object-form-wide' : ''}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FaultSummary />
      <Notices form={form} />
      <div className="object-form-parts">
        <fieldset className="object-fields" aria-label={w.settings} disabled={form.readOnly}>
          {props.children(form)}
        </fieldset>
        {props.aside ? <div className="object-aside">{props.aside(form)}</div> : null}
      </div>
      <SaveBar form={form} {...(props.submit === undefined ? {} : { submit: props.submit })}>
        {props.actions?.(form)}
      </SaveBar>
      {entry && !form.readOnly ? <Deleting form={form} entry={entry} /> : null}
    </form>
  );
  const created = adminWords.sections[section].create;
  return (
    <FormProvider value={form}>
      <ObjectFrame
        section={section}
        title={entry ? entry.name : created}
        sign={entry ? props.sign?.(entry) : null}
        below={entry ? <HistoryLine {...entry} /> : null}
      >
        <ObjectTabs tabs={entry ? (props.tabs?.(entry) ?? []) : []}>{settings}</ObjectTabs>
      </ObjectFrame>
      <LeaveGuard isDirtyNow={form.isDirtyNow} onLeave={form.forget} />
      <ConflictDialog form={form} shownOf={saving.shownOf} />
    </FormProvider>
  );
}

function Notices<S extends Section>({ form }: { form: ObjectForm<S> }) {
  if (form.readOnly) return <p className="screen-notice">{w.readOnly}</p>;
  if (!form.hasKeptChanges || !form.dirty) return null;
  return (
    <p className="screen-notice" role="status">
      {w.kept}
    </p>
  );
}

function Deleting<S extends Section>(props: { form: ObjectForm<S>; entry: EntryOf<S> }) {
  const { form, entry } = props;
  const [opened, setOpened] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const deleted = async () => {
    form.forget();
    await navigate({ to: '/admin/$section', params: { section: entry.section } });
    await client.invalidateQueries({ queryKey: entriesKey });
  };
  return (
    <div className="object-delete">
      <Button
        variant="subtle"
        color="refused"
        leftSection={<IconTrash size={16} stroke={1.5} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {adminWords.remove.open}
      </Button>
      <DeleteDialog
        opened={opened}
        section={entry.section}
        id={entry.id}
        name={entry.name}
        version={entry.version}
        onDeleted={() => void deleted()}
        onClose={() => setOpened(false)}
      />
    </div>
  );
}
