import { hasEnded, identityAt } from '../../conversations/index.ts';
import type { Connection } from './connection.ts';
import type { WebContext } from './context.ts';
import { passingEvent, presenceEvent } from './frames.ts';
import type { SessionRoom } from './session-room.ts';

/** The company asks the customer to sign in: told to who can show it, kept in no history ([GA43]). */
export const signInPrompt = (now: number, nickname: string | null): string =>
  passingEvent(presenceEvent('Authenticate'), 'Outbound', now, nickname ? { nickname } : undefined);

/** A client that comes back is asked again, as long as nobody has signed in since it was asked. */
export async function askAgain(
  { conversations, clock }: WebContext,
  connection: Connection,
  { conversationId }: SessionRoom,
): Promise<void> {
  if (!connection.promptsToSignIn || conversationId === null) return;
  const last = await conversations.lastOf(conversationId, [
    'authentication-requested',
    'signed-in',
  ]);
  if (last?.kind !== 'authentication-requested') return;
  const record = await conversations.read(conversationId);
  if (!record || hasEnded(record)) return;
  if (identityAt(record.identity, clock.now()).state === 'verified') return;
  connection.send(signInPrompt(clock.now(), last.senderName));
}
