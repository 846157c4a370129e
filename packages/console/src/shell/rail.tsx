import { Tooltip } from '@mantine/core';
import { IconActivity, IconChartBar, IconInbox, IconSettings } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Mark } from '../identity/mark.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { OwnMenu } from './own-menu.tsx';
import { hasAdministration, servesCustomers, supervises } from './roles.ts';
import './rail.css';

/** The screens beside the inbox, and whose they are. */
const places = [
  { to: '/supervision', label: words.supervision.title, Icon: IconActivity, isFor: supervises },
  { to: '/reports', label: words.reports.title, Icon: IconChartBar, isFor: supervises },
] as const;

const isAdministration = (path: string): boolean =>
  /^\/(admin|attempts|keys|routing|webhooks)(\/|$)/.test(path);

export function Rail(menu: { onShortcuts: () => void; onAlerts: () => void }) {
  const roles = useWorkspaceState((state) => state.me.roles);
  const path = useLocation({ select: (location) => location.pathname });
  const inInbox = path.startsWith('/inbox');
  return (
    <nav className="rail" aria-label={words.shell.navigation}>
      <span className="rail-mark">
        <Mark size={30} />
      </span>
      <div className="rail-places">
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
        {places
          .filter(({ isFor }) => isFor(roles))
          .map(({ to, label, Icon }) => (
            <Place key={to} label={label}>
              <Link to={to} className="rail-place" aria-label={label}>
                <Icon size={22} stroke={1.5} aria-hidden />
              </Link>
            </Place>
          ))}
        {hasAdministration(roles) ? (
          <Place label={words.shell.administration}>
            <Link
              to="/admin"
              className={`rail-place ${isAdministration(path) ? 'active' : ''}`}
              aria-label={words.shell.administration}
            >
              <IconSettings size={22} stroke={1.5} aria-hidden />
            </Link>
          </Place>
        ) : null}
      </div>
      <OwnMenu {...menu} />
    </nav>
  );
}

function Place({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right">
      <span>{children}</span>
    </Tooltip>
  );
}
