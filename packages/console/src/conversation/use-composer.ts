import type { Conversation } from '@countersign/protocol';
import { useRef, useState } from 'react';
import type { MessageKind } from '../api/workspace-api.ts';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { loadDraft, saveDraft } from './draft.ts';
import { useTypingSignal } from './use-typing-signal.ts';

/** The longest text that the node takes. */
export const LONGEST = 4000;

export type ComposerState = ReturnType<typeof useComposer>;

/** What is being written, as a reply and as a note, each with its draft. */
export function useComposer(conversation: Conversation) {
  const workspace = useWorkspace();
  const me = useWorkspaceState((state) => state.me.id);
  const [kind, setKind] = useState<MessageKind>('message');
  const [text, setText] = useState(() => loadDraft(me, conversation.id, 'message'));
  const field = useRef<HTMLTextAreaElement>(null);
  const signalTyping = useTypingSignal(conversation.id);

  const change = (next: string) => {
    setText(next);
    saveDraft(me, conversation.id, kind, next);
    if (kind === 'message') signalTyping(next);
  };
  const switchTo = (next: MessageKind) => {
    if (next === kind) return;
    setKind(next);
    setText(loadDraft(me, conversation.id, next));
  };
  const open = (next: MessageKind) => {
    switchTo(next);
    requestAnimationFrame(() => field.current?.focus());
  };
  useShortcut('r', () => open('message'), conversation.state !== 'closed');
  useShortcut('n', () => open('note'), conversation.state !== 'closed');

  const said = text.trim();
  const sendable = said !== '' && said.length <= LONGEST;
  const send = () => {
    if (!sendable) return;
    change('');
    void workspace.outbox.send(conversation.id, kind, said);
    field.current?.focus();
  };
  return { kind, setKind: switchTo, text, change, field, sendable, send };
}
