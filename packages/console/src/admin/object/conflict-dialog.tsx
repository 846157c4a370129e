import type { Section } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { Dialog } from '../../dialog/dialog.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { type Column, SortableTable } from '../../table/sortable-table.tsx';
import { absolute } from '../../time/format-time.ts';
import { type Clash, clashes } from './clashes.ts';
import { readable } from './readable.ts';
import type { ObjectForm } from './use-object-form.ts';

const { conflict: w, object: wo } = adminWords;

const columns: Column<Clash>[] = [
  { name: w.key, value: null, cell: ({ path }) => <code>{path}</code> },
  { name: w.theirs, value: null, cell: ({ theirs }) => readable(theirs) },
  { name: w.yours, value: null, cell: ({ mine }) => readable(mine) },
];

interface Props<S extends Section> {
  form: ObjectForm<S>;
  shownOf: (entry: NonNullable<ObjectForm<S>['conflict']>) => { object: unknown };
}

/** Two people changed one object: who and when, what differs, and two ways on. Neither loses anything unseen. */
export function ConflictDialog<S extends Section>({ form, shownOf }: Props<S>) {
  const { conflict } = form;
  return (
    <Dialog opened={conflict !== null} onClose={form.decideLater} title={w.title} size={640}>
      {conflict ? <Conflict form={form} theirs={shownOf(conflict).object} /> : null}
    </Dialog>
  );
}

function Conflict<S extends Section>(props: { form: ObjectForm<S>; theirs: unknown }) {
  const { form, theirs } = props;
  const saved = form.conflict?.draft ?? form.conflict;
  const rows = clashes(form.base, form.object, theirs);
  const both = rows.some(({ byBoth }) => byBoth);
  return (
    <div className="conflict">
      <p>{w.lead(saved?.updatedBy?.name ?? wo.nobody, saved ? absolute(saved.updatedAt) : '')}</p>
      <SortableTable label={w.title} columns={columns} rows={rows} keyOf={({ path }) => path} />
      <p className="secondary">{both ? w.overwritten : w.apart}</p>
      <div className="dialog-actions">
        <Button variant="subtle" onClick={form.decideLater}>
          {w.later}
        </Button>
        <Button variant="default" onClick={form.takeTheirs}>
          {w.takeTheirs}
        </Button>
        <Button data-autofocus onClick={form.putMineOnTop}>
          {w.putOnTop}
        </Button>
      </div>
    </div>
  );
}
