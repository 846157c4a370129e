import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Merge, workspaceApi } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';
import { absolute, moment } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { nameOf, useContactChange } from './use-contact.ts';

/** What was merged into this contact, why and by whom; whoever may, takes it back. */
export function MergeList({ contact, mayUndo }: { contact: string; mayUndo: boolean }) {
  const merges = useQuery({
    queryKey: ['contact', 'merges', contact],
    queryFn: () => workspaceApi.merges(contact),
  });
  if (!merges.data || merges.data.items.length === 0) return null;
  return (
    <div className="contact-merges">
      <h4>{words.contacts.merges}</h4>
      <ul>
        {merges.data.items.map((merge) => (
          <li key={merge.id}>
            <MergeLine merge={merge} mayUndo={mayUndo} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function MergeLine({ merge, mayUndo }: { merge: Merge; mayUndo: boolean }) {
  const now = useNow(60_000);
  const { contacts } = words;
  return (
    <>
      <span>{contacts.mergeLine(nameOf(merge.contact), merge.by)}</span>
      <span className="secondary">
        <time dateTime={merge.at} title={absolute(merge.at)}>
          {moment(merge.at, now)}
        </time>{' '}
        · {merge.reason}
        {merge.undoneBy ? ` · ${contacts.undone(merge.undoneBy)}` : ''}
      </span>
      {mayUndo && merge.undoable ? <UndoButton merge={merge} /> : null}
    </>
  );
}

export function UndoButton({ merge, onUndone }: { merge: Merge; onUndone?: () => void }) {
  const change = useContactChange();
  const undo = async () => {
    if (await change.run(() => workspaceApi.undoMerge(merge.id))) onUndone?.();
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={change.busy}
        aria-label={words.contacts.undoOf(nameOf(merge.contact))}
        onClick={() => void undo()}
      >
        {words.contacts.undo}
      </Button>
      {change.state === 'failed' ? (
        <span className="contact-failure" role="alert">
          {words.contacts.undoFailed}
        </span>
      ) : null}
    </>
  );
}
