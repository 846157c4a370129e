import { Tooltip } from '@mantine/core';
import { IconFingerprint, IconInbox, IconKey } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Mark } from '../identity/mark.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { OwnMenu } from './own-menu.tsx';
import { mayReadAttempts, servesCustomers } from './roles.ts';
import './rail.css';

export function Rail(menu: { onShortcuts: () => void; onAlerts: () => void }) {
  const roles = useWorkspaceState((state) => state.me.roles);
  const inInbox = useLocation({ select: (location) => location.pathname.startsWith('/inbox') });
  return (
    <header className="rail">
      <span className="rail-mark">
        <Mark size={30} />
      </span>
      <nav className="rail-places" aria-label={words.shell.navigation}>
        {servesCustomers(roles) ? (
          <Place label={words.shell.inbox}>
            <Link
              to="/inbox/$view"
              params={{ view: 'mine' }}
              className={`rail-place ${inInbox ? 'active' : ''}`}
              aria-label={words.shell.inbox}
            >
              <IconInbox size={22} stroke={1.5} aria-hidden />
            </Link>
          </Place>
        ) : null}
        {mayReadAttempts(roles) ? (
          <>
            <Place label={words.shell.attempts}>
              <Link to="/attempts" className="rail-place" aria-label={words.shell.attempts}>
                <IconFingerprint size={22} stroke={1.5} aria-hidden />
              </Link>
            </Place>
            <Place label={words.keys.title}>
              <Link to="/keys" className="rail-place" aria-label={words.keys.title}>
                <IconKey size={22} stroke={1.5} aria-hidden />
              </Link>
            </Place>
          </>
        ) : null}
      </nav>
      <OwnMenu {...menu} />
    </header>
  );
}

function Place({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right">
      <span>{children}</span>
    </Tooltip>
  );
}
