import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { AlertsDialog } from '../attention/alerts-dialog.tsx';
import { useAlerts } from '../attention/use-alerts.ts';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { OfferAnnouncer, OfferToasts } from '../offers/offer-toasts.tsx';
import { Palette } from '../palette/palette.tsx';
import { type Command, usePaletteCommands } from '../palette/use-palette-commands.ts';
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { presences } from './own-menu.tsx';
import { Rail } from './rail.tsx';
import { servesCustomers } from './roles.ts';
import { useUnreadTitle } from './use-unread-title.ts';
import './shell.css';

/** What surrounds every screen: the rail, the connection banner, offers. */
export function Shell() {
  const [helpOpened, setHelpOpened] = useState(false);
  const feed = useWorkspaceState((state) => state.feed);
  const [alertsOpened, setAlertsOpened] = useState(false);
  const help = () => setHelpOpened(true);
  const alerts = () => setAlertsOpened(true);
  useShortcut('help', help);
  usePaletteCommands([
    { label: words.shell.shortcuts, run: help },
    { label: words.alerts.title, run: alerts },
    ...usePresenceCommands(),
  ]);
  useAlerts();
  useUnreadTitle();
  return (
    <div className="shell">
      <Rail onShortcuts={help} onAlerts={alerts} />
      <OfferToasts />
      <OfferAnnouncer />
      <div className="shell-main">
        <ConnectionBanner feed={feed} />
        <Outlet />
      </div>
      <Palette />
      <AlertsDialog opened={alertsOpened} onClose={() => setAlertsOpened(false)} />
      <ShortcutsDialog opened={helpOpened} onClose={() => setHelpOpened(false)} />
    </div>
  );
}

/** The own presence by name; where it cannot be changed, the own menu says so. */
function usePresenceCommands(): Command[] {
  const workspace = useWorkspace();
  const roles = useWorkspaceState((state) => state.me.roles);
  if (!servesCustomers(roles)) return [];
  return presences.map((presence) => ({
    label: `${words.shell.presenceTitle}: ${words.presence[presence]}`,
    run: () => void workspace.setPresence(presence).catch(() => {}),
  }));
}
