import { reasons } from '@countersign/protocol';
import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { AttemptsSearch } from '../routes.tsx';
import { words } from '../strings/words.ts';
import { reasonName } from './reason-name.ts';
import { wholeReference } from './reference.ts';
import { useSettings } from './use-settings.ts';

const reasonOptions = reasons
  .map((value) => ({ value, label: reasonName(value) }))
  .sort((a, b) => a.label.localeCompare(b.label));

/** The filters, kept in the address. */
export function AttemptFilters() {
  const { attempts: w } = words;
  const navigate = useNavigate({ from: '/attempts' });
  const { outcome, reason, setting } = useSearch({ from: '/administration/attempts' });
  const settings = useSettings();
  const choose = (name: keyof AttemptsSearch, value: string | null) =>
    void navigate({
      search: ({ [name]: _, ...rest }) => (value ? { ...rest, [name]: value } : rest),
    });
  return (
    <search className="attempts-filters">
      <ReferenceFilter />
      <SegmentedControl
        aria-label={w.outcome}
        value={outcome ?? 'any'}
        onChange={(value) => choose('outcome', value === 'any' ? null : value)}
        data={[
          { value: 'any', label: w.any },
          { value: 'refused', label: w.refused },
          { value: 'accepted', label: w.accepted },
        ]}
      />
      <Select
        aria-label={w.reason}
        placeholder={w.anyReason}
        data={reasonOptions}
        value={reason ?? null}
        onChange={(value) => choose('reason', value)}
        clearable
        searchable
      />
      <Select
        aria-label={w.setting}
        placeholder={w.anySetting}
        data={(settings.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={setting ?? null}
        onChange={(value) => choose('setting', value)}
        clearable
      />
    </search>
  );
}

function ReferenceFilter() {
  const navigate = useNavigate({ from: '/attempts' });
  const { reference } = useSearch({ from: '/administration/attempts' });
  const [text, setText] = useState(reference ?? '');
  // Cleared from elsewhere
  useEffect(() => {
    if (reference === undefined) setText((typed) => (wholeReference(typed) ? '' : typed));
  }, [reference]);
  const find = (value: string) => {
    setText(value);
    const whole = wholeReference(value);
    if (whole === null && value.trim() !== '') return;
    void navigate({
      search: ({ reference: _, ...rest }) => (whole ? { ...rest, reference: whole } : rest),
      replace: true,
    });
  };
  return (
    <TextInput
      aria-label={words.attempts.find}
      placeholder={`${words.attempts.find}: ${words.attempts.findHint}`}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden />}
      value={text}
      onChange={(event) => find(event.currentTarget.value)}
    />
  );
}
