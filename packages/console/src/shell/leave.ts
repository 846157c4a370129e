import type { QueryClient } from '@tanstack/react-query';
import { signOut } from '../api/staff-sign-in.ts';

/**
 * Signs out and leaves nothing of this person on the device but the look of the console. The page is
 * loaded anew, so that nothing stays in memory either. Throws when the node could not be reached.
 */
export async function leave(client: QueryClient, me: string): Promise<void> {
  await signOut();
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('countersign.') && key.includes(me)) localStorage.removeItem(key);
  }
  client.clear();
  location.assign('/');
}
