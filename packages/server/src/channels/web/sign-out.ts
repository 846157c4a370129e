import { ownerKeyOf } from '../../sessions/index.ts';
import type { WebContext } from './context.ts';

/**
 * Ends a sign-in and every session of it (§5.8, §9.3). The conversation stays with the agents, and says
 * from here on that the identity has lapsed. Fault `unauthorized` 401.
 */
export async function signOut(context: WebContext, jwt: string): Promise<void> {
  const { conversations, sessions } = context;
  const grant = await sessions.verify(jwt);
  await sessions.revoke(jwt);
  const open = await conversations.openOf(ownerKeyOf(grant.id, grant));
  if (!open) return;
  await conversations.change(open.id, ({ identity }) => ({
    set: { identity: { ...identity, state: 'lapsed' } },
    entries: [{ kind: 'signed-out', role: 'customer', senderName: grant.identity.name }],
  }));
}
