import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReportRange, reportCsvPath } from '../api/supervision-api.ts';
import type { ReportsSearch } from '../routes.tsx';
import { words } from '../strings/words.ts';
import { isRangeName, rangeNames } from './range.ts';

const { reports: w } = words;

/** What is reported, kept in the address; `range` null: there is nothing to download. */
export function RangeBar({ range }: { range: ReportRange | null }) {
  const chosen = useSearch({ from: '/reports' });
  const navigate = useNavigate({ from: '/reports' });
  const choose = (change: ReportsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <div className="screen-bar">
      <SegmentedControl
        aria-label={w.range}
        value={chosen.range ?? 'week'}
        data={rangeNames.map((name) => ({ value: name, label: w.ranges[name] }))}
        onChange={(name) => {
          if (isRangeName(name)) choose({ range: name, ...usualStep(name) });
        }}
      />
      {chosen.range === 'own' ? <OwnDates chosen={chosen} onChoose={choose} /> : null}
      <SegmentedControl
        aria-label={w.bucket}
        value={chosen.bucket ?? (chosen.range === 'today' ? 'hour' : 'day')}
        data={[
          { value: 'hour', label: w.buckets.hour },
          { value: 'day', label: w.buckets.day },
        ]}
        onChange={(bucket) => choose({ bucket: bucket === 'hour' ? 'hour' : 'day' })}
      />
      {range ? (
        <Button
          component="a"
          variant="default"
          href={reportCsvPath(range)}
          download
          leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
        >
          {w.download}
        </Button>
      ) : null}
    </div>
  );
}

const usualStep = (name: ReportsSearch['range']): ReportsSearch => ({
  bucket: name === 'today' ? 'hour' : 'day',
});

interface OwnDatesProps {
  chosen: ReportsSearch;
  onChoose: (change: ReportsSearch) => void;
}

function OwnDates({ chosen, onChoose }: OwnDatesProps) {
  return (
    <>
      <TextInput
        type="date"
        label={w.from}
        value={chosen.from ?? ''}
        onChange={(event) => onChoose({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={w.to}
        value={chosen.to ?? ''}
        onChange={(event) => onChoose({ to: event.currentTarget.value })}
      />
    </>
  );
}
