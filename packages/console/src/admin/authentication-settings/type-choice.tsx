import { Radio } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField, useForm } from '../object/form-context.ts';
import { initialSettings, settingTypes } from './initial-settings.ts';

const { settings: w } = adminWords;

/** Of a new setting: the fields are another type's from then on; the name stays. */
export function TypeChoice() {
  const { id, value, set, error } = useField('', w.type);
  const { object } = useForm();
  const name = typeof object === 'object' && object !== null ? Reflect.get(object, 'name') : '';
  const chosen = settingTypes.find((type) => value !== null && isOf(value, type)) ?? null;
  return (
    <Radio.Group
      id={id}
      label={w.type}
      error={error}
      value={chosen}
      onChange={(next) => {
        const type = settingTypes.find((known) => known === next);
        if (type) set({ ...initialSettings[type], ...(name ? { name } : {}) });
      }}
    >
      <div className="field-choices">
        {settingTypes.map((type) => (
          <Radio key={type} value={type} label={w.types[type]} description={w.typeHints[type]} />
        ))}
      </div>
    </Radio.Group>
  );
}

const isOf = (value: unknown, type: string): boolean =>
  typeof value === 'object' && value !== null && Reflect.get(value, 'type') === type;
