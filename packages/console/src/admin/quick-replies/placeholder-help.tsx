import { Button } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { fieldId, useForm, useText } from '../object/form-context.ts';

const { quickReplies: w } = adminWords;

const placeholders = [
  ['{FirstName{Customer}}', w.placeholders.customerFirst],
  ['{FullName{Customer}}', w.placeholders.customerFull],
  ['{LastName{Customer}}', w.placeholders.customerLast],
  ['{Nickname{Agent}}', w.placeholders.agentNickname],
  ['{FullName{Agent}}', w.placeholders.agentFull],
  ['{OCContext.name}', w.placeholders.context],
] as const;

/** What can be filled in by itself: pressed, it is put where one is writing. */
export function PlaceholderHelp() {
  const { set, readOnly } = useForm();
  const text = useText('text');
  const insert = (placeholder: string) => {
    const field = document.getElementById(fieldId('text'));
    const at = field instanceof HTMLTextAreaElement ? field.selectionStart : text.length;
    set('text', `${text.slice(0, at)}${placeholder}${text.slice(at)}`);
    field?.focus();
  };
  return (
    <section aria-label={w.placeholder} className="placeholders">
      <p className="secondary">{w.placeholderLead}</p>
      <ul>
        {placeholders.map(([placeholder, meaning]) => (
          <li key={placeholder}>
            <Button
              variant="default"
              size="compact-sm"
              className="field-exact"
              disabled={readOnly}
              aria-label={`${placeholder} ${w.insert(meaning)}`}
              onClick={() => insert(placeholder)}
            >
              {placeholder}
            </Button>{' '}
            <span className="secondary">{meaning}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
