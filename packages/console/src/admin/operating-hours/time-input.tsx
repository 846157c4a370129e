import { TextInput } from '@mantine/core';

interface Props {
  label: string;
  /** `HH:MM` */
  value: string;
  onChange: (value: string) => void;
  /** Midnight is the end of this day, and not its beginning. */
  endsDay?: boolean;
}

/** A time of the day, as the browser lets one write it: with digits or with the arrow keys. */
export const TimeInput = ({ label, value, onChange, endsDay = false }: Props) => (
  <TextInput
    type="time"
    aria-label={label}
    className="week-time"
    value={value === '24:00' ? '00:00' : value}
    onChange={(event) => {
      const time = event.currentTarget.value;
      onChange(endsDay && time === '00:00' ? '24:00' : time);
    }}
  />
);
