import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { OfferAnnouncer, OfferToasts } from '../offers/offer-toasts.tsx';
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Rail } from './rail.tsx';
import { useUnreadTitle } from './use-unread-title.ts';
import './shell.css';

/** What surrounds every screen: the rail, the connection banner, offers. */
export function Shell() {
  const [helpOpened, setHelpOpened] = useState(false);
  const feed = useWorkspaceState((state) => state.feed);
  useShortcut('?', () => setHelpOpened(true));
  useUnreadTitle();
  return (
    <div className="shell">
      <Rail onShortcuts={() => setHelpOpened(true)} />
      <OfferToasts />
      <OfferAnnouncer />
      <div className="shell-main">
        <ConnectionBanner feed={feed} />
        <Outlet />
      </div>
      <ShortcutsDialog opened={helpOpened} onClose={() => setHelpOpened(false)} />
    </div>
  );
}
