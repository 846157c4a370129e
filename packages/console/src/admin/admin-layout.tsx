import { Outlet, useLocation } from '@tanstack/react-router';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { AdminMenu } from './admin-menu.tsx';
import { AdminNavigation } from './admin-navigation.tsx';
import { placeAt, placesFor } from './places.ts';
import './admin.css';

/** The administration: its own navigation, and one of its screens. */
export function AdminLayout() {
  const roles = useWorkspaceState((state) => state.me.roles);
  const path = useLocation({ select: (location) => location.pathname });
  const groups = placesFor(roles);
  const place = placeAt(path, groups);
  return (
    <div className="admin">
      <AdminNavigation groups={groups} place={place} />
      <AdminMenu groups={groups} place={place} />
      <Outlet />
    </div>
  );
}
