import type { Conversation } from '@countersign/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';

/** The contact of a conversation; asked again when the conversation names another or is proven. */
export function useContactLink({ id, contact, identity }: Conversation) {
  return useQuery({
    queryKey: ['contact', 'of', id, contact?.id ?? null, identity.state],
    queryFn: () => workspaceApi.contactOf(id),
  });
}

type Doing = 'idle' | 'busy' | 'failed' | 'refused';

/** Runs a call that changes contacts; afterwards everything about contacts is read again. */
export function useContactChange() {
  const client = useQueryClient();
  const [state, setState] = useState<Doing>('idle');
  const run = async <Answer>(call: () => Promise<Answer>): Promise<Answer | null> => {
    setState('busy');
    try {
      const answer = await call();
      await client.invalidateQueries({ queryKey: ['contact'] });
      setState('idle');
      return answer;
    } catch (cause) {
      setState(cause instanceof RequestError && cause.status === 400 ? 'refused' : 'failed');
      return null;
    }
  };
  return { state, busy: state === 'busy', run };
}

/** What is said of a change that did not go through; null: there is nothing to say. */
export function changeFailure(state: Doing): string | null {
  if (state === 'refused') return words.contacts.refused;
  return state === 'failed' ? words.contacts.failed : null;
}

export const nameOf = (contact: { name?: string; email?: string; phone?: string }): string =>
  contact.name ?? contact.email ?? contact.phone ?? '—';
