import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useText } from '../object/form-context.ts';
import { ObjectScreen } from '../object/object-screen.tsx';
import { BubbleFields } from './bubble-fields.tsx';
import { BubblePreview } from './bubble-preview.tsx';
import { initialMessages } from './initial-messages.ts';
import { LinkFields } from './link-fields.tsx';
import { ListFields } from './list-fields.tsx';
import { QuickReplyFields } from './quick-reply-fields.tsx';
import { TimeFields } from './time-fields.tsx';
import { TypeField } from './type-field.tsx';
import './rich-messages.css';

const { richMessages: w } = adminWords;

/** A bubble of Apple Messages, beside how it looks on the device. */
export function MessageForm({ id }: { id: string | null }) {
  return (
    <ObjectScreen
      section="richMessages"
      id={id}
      initial={initialMessages.authentication}
      sign={({ object }) => <span className="secondary">{w.types[object.type]}</span>}
      aside={() => <BubblePreview />}
    >
      {({ entry }) => (
        <>
          <FieldGroup title={w.which} lead={w.whichLead}>
            {entry ? null : <TypeField />}
            <TextField path="name" label={w.name} description={w.nameHint} />
          </FieldGroup>
          <FieldsOfType />
        </>
      )}
    </ObjectScreen>
  );
}

function FieldsOfType() {
  const type = useText('type');
  switch (type) {
    case 'quick-reply':
      return <QuickReplyFields />;
    case 'list-picker':
      return <ListFields />;
    case 'time-picker':
      return <TimeFields />;
    case 'rich-link':
      return <LinkFields />;
    default:
      return (
        <FieldGroup title={w.bubble} lead={w.authenticationLead}>
          <BubbleFields />
        </FieldGroup>
      );
  }
}
