import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';

const { object: w } = adminWords;
const SETTINGS = 'settings';

export interface ObjectTab {
  /** As it stands in the address. */
  name: string;
  label: string;
  content: ReactNode;
}

/** The settings, and what else there is of an object. What is written in the settings stays while one looks. */
export function ObjectTabs({
  tabs,
  children,
}: {
  tabs: readonly ObjectTab[];
  children: ReactNode;
}) {
  const { tab } = useSearch({ strict: false });
  const navigate = useNavigate();
  if (tabs.length === 0) return children;
  const chosen = tabs.find(({ name }) => name === tab)?.name ?? SETTINGS;
  const choose = (name: string | null) =>
    void navigate({
      to: '.',
      search: name === null || name === SETTINGS ? {} : { tab: name },
      replace: true,
    });
  return (
    <Tabs value={chosen} onChange={choose} className="object-tabs" keepMounted={false}>
      <Tabs.List aria-label={w.tabs}>
        <Tabs.Tab value={SETTINGS}>{w.settings}</Tabs.Tab>
        {tabs.map(({ name, label }) => (
          <Tabs.Tab key={name} value={name}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={SETTINGS} keepMounted>
        {children}
      </Tabs.Panel>
      {tabs.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
