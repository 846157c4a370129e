import { fillPlaceholders } from '../../conversation/fill-placeholders.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { FieldGroup } from '../fields/field-group.tsx';
import { useText } from '../object/form-context.ts';

const { quickReplies: w } = adminWords;
const CUSTOMER = 'Ada Ng';

/** As it would go out to a customer now, from oneself. */
export function ReplyPreview() {
  const { name, nickname } = useWorkspaceState((state) => state.me);
  const text = useText('text');
  const filled = fillPlaceholders(text, { customer: CUSTOMER, agent: name, nickname, context: [] });
  return (
    <FieldGroup title={w.preview} lead={w.previewLead(CUSTOMER)}>
      <p className={text === '' ? 'secondary' : 'preview-bubble preview-bubble-agent'}>
        {text === '' ? w.noText : filled.text}
      </p>
      {filled.unknown.length > 0 ? (
        <p className="screen-notice">{w.unknown(filled.unknown.join(' '))}</p>
      ) : null}
    </FieldGroup>
  );
}
