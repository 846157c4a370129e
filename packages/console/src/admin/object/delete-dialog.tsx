import type { ObjectEffects, Section } from '@countersign/protocol';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { administrationApi } from '../../api/administration-api.ts';
import { RequestError } from '../../api/request.ts';
import { Dialog, DialogActions, DialogFailure } from '../../dialog/dialog.tsx';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectLink } from './object-link.tsx';
import { entriesKey } from './use-entry.ts';

const { remove: w } = adminWords;

interface Props {
  opened: boolean;
  section: Section;
  id: string;
  name: string;
  version: number;
  onDeleted: () => void;
  onClose: () => void;
}

/** Names what deleting does to people; for the worst of it, the name is asked for. */
export function DeleteDialog({ opened, ...props }: Props) {
  return (
    <Dialog opened={opened} title={w.title(props.name)} onClose={props.onClose}>
      {opened ? <Effects {...props} /> : null}
    </Dialog>
  );
}

function Effects(props: Omit<Props, 'opened'>) {
  const { section, id } = props;
  const effects = useQuery({
    queryKey: [...entriesKey, section, 'effects', id],
    queryFn: () => administrationApi.effects(section, id),
    gcTime: 0,
  });
  if (effects.isPending) {
    return (
      <div role="status" aria-label={w.loading}>
        <Skeleton height={60} />
      </div>
    );
  }
  if (!effects.data) {
    return <LoadFailed text={w.effectsFailed} onRetry={() => void effects.refetch()} />;
  }
  return <Delete {...props} effects={effects.data} />;
}

/** Where whoever deletes is asked to type the name: people are in the middle of something. */
const asksForName = (section: Section, { liveSessions }: ObjectEffects): boolean =>
  section === 'authenticationSettings' || (section === 'deployments' && liveSessions > 0);

function Delete({ effects, ...props }: Omit<Props, 'opened'> & { effects: ObjectEffects }) {
  const { section, id, name, version } = props;
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<'idle' | 'busy'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const refused = effects.usedByCount > 0 || effects.openConversations > 0;
  const asked = asksForName(section, effects) && !refused;
  const remove = async () => {
    setState('busy');
    setFailure(null);
    try {
      await administrationApi.remove(section, id, version);
      props.onDeleted();
    } catch (error) {
      setState('idle');
      setFailure((error instanceof RequestError && error.detail) || w.failed);
    }
  };
  return (
    <div className="delete-effects">
      <EffectList effects={effects} />
      {refused ? null : <p>{w.final}</p>}
      {asked ? (
        <TextInput
          data-autofocus
          label={w.typeName(name)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      ) : null}
      <DialogFailure text={failure} />
      <DialogActions onCancel={props.onClose}>
        <Button
          color="refused"
          loading={state === 'busy'}
          disabled={refused || (asked && typed !== name)}
          onClick={() => void remove()}
        >
          {w.submit}
        </Button>
      </DialogActions>
    </div>
  );
}

/** What deleting it, or switching it off, does: sentence by sentence. */
export function EffectList({ effects }: { effects: ObjectEffects }) {
  const { usedBy, usedByCount, liveSessions, openConversations } = effects;
  const nothing = usedByCount === 0 && liveSessions === 0 && openConversations === 0;
  return (
    <>
      {nothing ? <p>{w.nothing}</p> : null}
      {liveSessions > 0 ? <p>{w.sessions(liveSessions)}</p> : null}
      {openConversations > 0 ? <p>{w.conversations(openConversations)}</p> : null}
      {usedByCount > 0 ? (
        <div>
          <p>{w.usedBy(usedByCount)}</p>
          <ul className="delete-users">
            {usedBy.map(({ section, id, name }) => (
              <li key={`${section} ${id}`}>
                <ObjectLink section={section} id={id}>
                  {name}
                </ObjectLink>{' '}
                <span className="secondary">{adminWords.sections[section].title}</span>
              </li>
            ))}
          </ul>
          {usedByCount > usedBy.length ? <p>{w.andMore(usedByCount - usedBy.length)}</p> : null}
        </div>
      ) : null}
    </>
  );
}
