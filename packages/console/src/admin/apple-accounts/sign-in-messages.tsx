import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { administrationApi } from '../../api/administration-api.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useText, useValue } from '../object/form-context.ts';
import { ObjectLink } from '../object/object-link.tsx';
import { entriesKey } from '../object/use-entry.ts';

const { appleAccounts: w } = adminWords;

/** With which bubbles agents can ask this account's customers to sign in, and where the others are. */
export function SignInMessages() {
  const setting = useText('authentication.setting');
  const isOn = useValue('authentication.enabled') === true && setting !== '';
  return (
    <>
      {isOn ? <OfSetting name={setting} /> : <p className="secondary">{w.messagesOff}</p>}
      <p className="secondary">
        {w.messagesOther}{' '}
        <Link to="/admin/$section" params={{ section: 'richMessages' }}>
          {adminWords.sections.richMessages.title}
        </Link>
      </p>
    </>
  );
}

function OfSetting({ name }: { name: string }) {
  const found = useQuery({
    queryKey: [...entriesKey, 'authenticationSettings', 'named', name],
    queryFn: () => administrationApi.entries('authenticationSettings', { search: name }),
  });
  const entry = found.data?.items.find((one) => one.name === name);
  if (!entry) return <p className="secondary">{found.isError ? w.messagesFailed : ''}</p>;
  const messages = entry.object.type === 'apple-oauth' ? entry.object.richMessages : [];
  return (
    <>
      <p>{messages.length === 0 ? w.noMessages : w.messages(messages.join(', '))}</p>
      <p className="secondary">
        {w.messagesIn}{' '}
        <ObjectLink section="authenticationSettings" id={entry.id}>
          {entry.name}
        </ObjectLink>
      </p>
    </>
  );
}
