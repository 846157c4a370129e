import { TextInput } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useText } from '../object/form-context.ts';

const { settings: w } = adminWords;

/** What the type says of itself in the words of the field; nothing to choose. */
export function FixedFlow() {
  const type = useText('type');
  if (type === 'openid-connect') return null;
  return (
    <TextInput
      label={w.flow}
      description={w.fixed}
      value={type === 'signed-token' ? w.implicitFlow : w.codeFlow}
      readOnly
      className="field-short"
    />
  );
}
