import { Navigate } from '@tanstack/react-router';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { NotFound } from '../shell/not-found.tsx';
import { mayReadSetup, pathOf, placesFor } from './places.ts';
import { SetupScreen } from './setup/setup-screen.tsx';

/** Setting up, for whoever does; the first of their own places for everybody else. */
export function AdminHome() {
  const roles = useWorkspaceState((state) => state.me.roles);
  if (mayReadSetup(roles)) return <SetupScreen />;
  const first = placesFor(roles)[0]?.places[0];
  return first ? <Navigate to={pathOf(first)} replace /> : <NotFound />;
}
