import type { AgentRef, Conversation, QuickReply } from '@countersign/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workspaceApi } from '../api/workspace-api.ts';
import { type Choices, useChoices } from '../choices/use-choices.ts';
import { customerName } from '../customer/customer-facts.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { findQuickReplies } from './find-quick-replies.ts';
import { findToken, type Token } from './find-token.ts';
import type { ComposerState } from './use-composer.ts';

export type Suggestion = { kind: 'reply'; reply: QuickReply } | { kind: 'agent'; agent: AgentRef };

export interface Suggestions {
  /** What is asked for; null: nothing. */
  asked: Token['sign'] | null;
  failed: boolean;
  choices: Choices<Suggestion>;
}

/** Quick replies by `/` in replies, colleagues by `@` in notes. */
export function useSuggestions(composer: ComposerState, conversation: Conversation): Suggestions {
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const token = findToken(composer.text, composer.caret);
  const wanted = composer.kind === 'note' ? '@' : '/';
  const open = token?.sign === wanted && token.start !== closedAt ? token : null;
  const replies = useQuickReplies(conversation, open?.sign === '/');
  const agents = useColleagues(open?.sign === '@');
  const items = open ? suggestionsFor(open, conversation, replies.items, agents.items) : [];
  const fill = useFilling(conversation);
  const take = (item: Suggestion) => {
    if (!open) return;
    const text = item.kind === 'reply' ? fill(item.reply.text) : `@${item.agent.name} `;
    composer.replace(open.start, composer.caret, text);
  };
  const choices = useChoices(items, take, () => setClosedAt(open?.start ?? null));
  const failed = open?.sign === '/' ? replies.failed : agents.failed;
  return { asked: open?.sign ?? null, failed, choices };
}

function suggestionsFor(
  { sign, query }: Token,
  { locale }: Conversation,
  replies: readonly QuickReply[],
  agents: readonly AgentRef[],
): Suggestion[] {
  if (sign === '/') {
    const found = findQuickReplies(replies, query, locale);
    return found.map((reply) => ({ kind: 'reply', reply }));
  }
  const start = query.toLowerCase();
  const fits = ({ name }: AgentRef) =>
    name
      .toLowerCase()
      .split(/\s+/)
      .some((part) => part.startsWith(start));
  return agents.filter(fits).map((agent) => ({ kind: 'agent', agent }));
}

function useQuickReplies({ workstream }: Conversation, enabled: boolean) {
  const read = useQuery({
    queryKey: ['quick-replies', workstream],
    queryFn: () => workspaceApi.quickReplies(workstream),
    enabled,
  });
  return { items: read.data?.items ?? [], failed: read.isError };
}

/** The other agents. */
export function useColleagues(enabled: boolean) {
  const me = useWorkspaceState((state) => state.me.id);
  const read = useQuery({ queryKey: ['agents'], queryFn: workspaceApi.agents, enabled });
  return { items: read.data?.items.filter(({ id }) => id !== me) ?? [], failed: read.isError };
}

function useFilling(conversation: Conversation): (text: string) => string {
  const me = useWorkspaceState((state) => state.me);
  const facts = {
    customer: customerName(conversation),
    agent: me.name,
    nickname: me.nickname,
    context: conversation.context,
  };
  return (text) => fillPlaceholders(text, facts).text;
}
