import { useSearch } from '@tanstack/react-router';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ObjectScreen } from '../object/object-screen.tsx';
import { draftSaving } from './draft-saving.ts';
import { MessengerFields } from './messenger-fields.tsx';
import { MessengerSign } from './messenger-sign.tsx';
import { Preview } from './preview.tsx';
import { PublishActions } from './publish-actions.tsx';
import { Versions } from './versions.tsx';
import './messengers.css';

const { messengers: w } = adminWords;

const initial = {
  authentication: { enabled: false },
  languages: ['en'],
  rating: { enabled: false },
  conversations: { disconnect: 'Send', clear: true, typing: true, sessionDuration: 259_200 },
  appearance: { primaryColor: '#17426b', launcher: 'On', position: 'Auto' },
  attachments: { enabled: false },
};

/** What was known before: its name, and how customers sign in. */
const startingWith = (name: string | undefined, setting: string | undefined): unknown => ({
  ...initial,
  ...(name ? { name } : {}),
  ...(setting ? { authentication: { enabled: true, setting, allowSessionUpgrade: true } } : {}),
});

/** How a messenger looks and behaves: a draft with the real panel beside it, and what was live before. */
export function MessengerForm({ id }: { id: string | null }) {
  const { name, setting } = useSearch({ strict: false });
  return (
    <ObjectScreen
      section="messengerConfigurations"
      id={id}
      initial={startingWith(name, setting)}
      saving={draftSaving}
      sign={(entry) => <MessengerSign entry={entry} />}
      tabs={(entry) => [
        { name: 'versions', label: w.versions, content: <Versions entry={entry} /> },
      ]}
      submit={w.saveDraft}
      actions={(form) => <PublishActions form={form} />}
      aside={() => <Preview />}
    >
      {() => <MessengerFields />}
    </ObjectScreen>
  );
}
