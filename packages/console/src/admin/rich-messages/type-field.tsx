import { Radio } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { fieldId, useForm, useText } from '../object/form-context.ts';
import { initialMessages, messageTypes } from './initial-messages.ts';

const { richMessages: w } = adminWords;

/** A message keeps its type: another one is another message. The name goes along. */
export function TypeField() {
  const { set } = useForm();
  const name = useText('name');
  const choose = (chosen: string) => {
    const type = messageTypes.find((known) => known === chosen);
    if (type) set('', { ...initialMessages[type], ...(name === '' ? {} : { name }) });
  };
  return (
    <Radio.Group id={fieldId('type')} label={w.type} value={useText('type')} onChange={choose}>
      <div className="field-choices">
        {messageTypes.map((type) => (
          <Radio key={type} value={type} label={w.types[type]} description={w.typeHints[type]} />
        ))}
      </div>
    </Radio.Group>
  );
}
