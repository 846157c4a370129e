import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { ReferencesField } from '../fields/references-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { TextsField } from '../fields/texts-field.tsx';
import { ObjectScreen } from '../object/object-screen.tsx';
import { PlaceholderHelp } from './placeholder-help.tsx';
import { ReplyPreview } from './reply-preview.tsx';
import './quick-replies.css';

const { quickReplies: w } = adminWords;

const initial = { locale: 'en', tags: [], workstreams: [] };
const languages = ['en', 'de', 'ro'];

/** A text that agents send often, found by `/` and part of its title. */
export function ReplyForm({ id }: { id: string | null }) {
  return (
    <ObjectScreen section="quickReplies" id={id} initial={initial} aside={() => <ReplyPreview />}>
      {() => (
        <>
          <FieldGroup title={w.text} lead={w.textLead}>
            <TextField path="title" label={w.title} description={w.titleHint} />
            <TextField path="text" label={w.text} rows={4} />
            <PlaceholderHelp />
          </FieldGroup>
          <FieldGroup title={w.where} lead={w.whereLead}>
            <TextField
              path="locale"
              label={w.locale}
              description={w.localeHint(languages.join(', '))}
              exact
            />
            <TextsField path="tags" label={w.tags} description={w.tagsHint} optional />
            <ReferencesField
              path="workstreams"
              label={w.workstreams}
              description={w.workstreamsHint}
              section="workstreams"
              optional
            />
          </FieldGroup>
        </>
      )}
    </ObjectScreen>
  );
}
