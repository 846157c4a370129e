import type { ContextVariable } from '@countersign/protocol';
import type { Workstream } from '../../configuration/index.ts';
import type { EntryDraft } from '../../conversations/index.ts';
import { signedContext } from '../../routing/index.ts';
import { type Grant, type Session, signInFacts } from '../../sessions/index.ts';

/** What a sign-in brings into a conversation: an entry that tells it, and signed context variables. */
export function signedIn(
  session: Session,
  { identity }: Grant,
  workstream: Workstream,
  stepUp = false,
): { entry: Omit<EntryDraft, 'conversationId'>; variables: ContextVariable[] } {
  const { variables, ignored } = signedContext(workstream.contextVariables, identity.facts);
  const data = {
    ...signInFacts(identity),
    ...(ignored.length > 0 && { ignoredFacts: ignored }),
    ...(stepUp && { stepUp }),
  };
  return {
    entry: {
      kind: 'signed-in',
      role: 'customer',
      senderId: session.id,
      senderName: identity.name,
      data,
    },
    variables,
  };
}
