import { AuditAction, sections } from '@countersign/protocol';
import { Button, Select, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { auditCsvPath } from '../../api/administration-api.ts';
import type { AuditSearch } from '../../routes.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { auditFilter } from './audit-filter.ts';

const { audit: w } = adminWords;

const kinds = sections.map((value) => ({ value, label: adminWords.sections[value].title }));
const actions = AuditAction.enum.map((value) => ({ value, label: w.actions[value] }));

/** What the log is narrowed down to; it stands in the address, so that it can be handed on. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const narrow = (change: Partial<Record<keyof AuditSearch, string | null>>) => {
    const entries = Object.entries({ ...search, ...change }).filter(([, value]) => value);
    void navigate({ to: '/admin/audit', search: Object.fromEntries(entries), replace: true });
  };
  const isNarrow = Object.keys(search).length > 0;
  return (
    <search className="screen-card">
      <div className="audit-filters">
        <Select
          label={w.section}
          placeholder={w.all}
          data={kinds}
          value={search.section ?? null}
          onChange={(section) => narrow({ section, object: null })}
          clearable
          searchable
        />
        <Select
          label={w.action}
          placeholder={w.all}
          data={actions}
          value={search.action ?? null}
          onChange={(action) => narrow({ action })}
          clearable
        />
        <TextInput
          label={w.actor}
          placeholder={w.actorHint}
          value={search.actor ?? ''}
          onChange={(event) => narrow({ actor: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={w.from}
          value={search.from ?? ''}
          onChange={(event) => narrow({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={w.to}
          value={search.to ?? ''}
          onChange={(event) => narrow({ to: event.currentTarget.value })}
        />
      </div>
      <div className="screen-bar">
        {search.object === undefined ? null : <p className="secondary">{w.oneObject}</p>}
        {isNarrow ? (
          <Button
            variant="subtle"
            onClick={() => void navigate({ to: '/admin/audit', search: {} })}
          >
            {w.clear}
          </Button>
        ) : null}
        <Button
          variant="default"
          className="audit-csv"
          leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
          component="a"
          href={auditCsvPath(auditFilter(search))}
          download
        >
          {w.csv}
        </Button>
      </div>
    </search>
  );
}
