import type { Me } from '@countersign/protocol';
import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { RequestError } from './api/request.ts';
import { workspaceApi } from './api/workspace-api.ts';
import { WorkspaceProvider } from './live/use-workspace.ts';
import { Workspace } from './live/workspace.ts';
import { meKey } from './query-client.ts';
import { router } from './routes.tsx';
import { LoadFailed } from './shell/load-failed.tsx';
import { SignInScreen } from './sign-in/sign-in-screen.tsx';
import { words } from './strings/words.ts';

/** Who is signed in; null: nobody. */
const readMe = (): Promise<Me | null> =>
  workspaceApi.me().catch((error: unknown) => {
    if (error instanceof RequestError && error.status === 401) return null;
    throw error;
  });

/** Seldom seen: most people come with a password of their own. */
const WelcomeScreen = lazy(() =>
  import('./sign-in/welcome-screen.tsx').then((module) => ({ default: module.WelcomeScreen })),
);

/** A link that lets somebody in, whoever is signed in here; everything else is for who is. */
export function App() {
  if (location.pathname !== '/welcome') return <Console />;
  return (
    <Suspense>
      <WelcomeScreen />
    </Suspense>
  );
}

/** The sign-in screen, or the workspace of whoever is signed in. The address stays as it is. */
function Console() {
  const me = useQuery({ queryKey: meKey, queryFn: readMe, staleTime: Number.POSITIVE_INFINITY });
  const workspace = useOwnWorkspace(me.data ?? null);
  if (me.isPending) return null;
  if (me.isError && !workspace) {
    return <LoadFailed text={words.shell.loadFailed} onRetry={() => void me.refetch()} />;
  }
  if (!me.data || !workspace) return <SignInScreen ended={workspace !== null} />;
  return (
    <WorkspaceProvider value={workspace}>
      <RouterProvider router={router} />
    </WorkspaceProvider>
  );
}

/**
 * The workspace of the person signed in. It outlives a session that ended, so that unsent messages
 * are still there after the next sign-in; another person gets a new one.
 */
function useOwnWorkspace(me: Me | null): Workspace | null {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  if (me && workspace?.store.get().me.id !== me.id) setWorkspace(new Workspace(me));
  const signedIn = me !== null;
  useEffect(() => {
    if (!workspace || !signedIn) return;
    workspace.start();
    return () => workspace.stop();
  }, [workspace, signedIn]);
  return workspace;
}
