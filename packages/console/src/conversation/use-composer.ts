import type { Conversation } from '@countersign/protocol';
import { useLayoutEffect, useRef, useState } from 'react';
import type { MessageKind } from '../api/workspace-api.ts';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { loadDraft, saveDraft } from './draft.ts';
import { openPlaceholders } from './fill-placeholders.ts';
import { mentionsIn } from './mentions-in.ts';
import { useFiles } from './use-files.ts';
import { useColleagues } from './use-suggestions.ts';
import { useTypingSignal } from './use-typing-signal.ts';
import { useWritingSignal } from './use-writing-signal.ts';

/** The longest text that the node takes. */
export const LONGEST = 4000;

export type ComposerState = ReturnType<typeof useComposer>;

/** What is being written, as a reply and as a note, each with its draft. */
export function useComposer(conversation: Conversation) {
  const { id, state } = conversation;
  const workspace = useWorkspace();
  const draft = useDraft(id);
  const { kind, text, field } = draft;
  const colleagues = useColleagues(kind === 'note' && text.includes('@'));
  const signalTyping = useTypingSignal(id);
  const signalWriting = useWritingSignal(id);

  const change = (next: string) => {
    draft.change(next);
    if (kind === 'message') signalTyping(next);
    signalWriting(next);
  };
  const open = (next: MessageKind) => {
    draft.switchTo(next);
    requestAnimationFrame(() => field.current?.focus());
  };
  useShortcut('reply', () => open('message'), state !== 'closed');
  useShortcut('note', () => open('note'), state !== 'closed');

  const said = text.trim();
  const files = useFiles(id);
  const hasFiles = kind === 'message' && files.isReady;
  const isWhole = kind === 'note' || !files.isUploading;
  const sendable = (said !== '' || hasFiles) && said.length <= LONGEST && isWhole;
  const send = () => {
    if (!sendable) return;
    change('');
    const mentions = kind === 'note' ? mentionsIn(said, colleagues.items) : [];
    void workspace.outbox.send(id, kind, said, {
      mentions: mentions.map((agent) => agent.id),
      files: kind === 'message' ? files.take() : [],
    });
    field.current?.focus();
  };
  const { caret, setCaret, switchTo: setKind, replace } = draft;
  const writing = { kind, setKind, text, change, field, caret, setCaret, replace };
  return { ...writing, files, sendable, send };
}

/** The text of the field and where its caret stands, kept on this device. */
function useDraft(conversation: string) {
  const me = useWorkspaceState((state) => state.me.id);
  const [kind, setKind] = useState<MessageKind>('message');
  const [text, setText] = useState(() => loadDraft(me, conversation, 'message'));
  const [caret, setCaret] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const select = useRef<[number, number] | null>(null);

  // The field knows its new text only now
  useLayoutEffect(() => {
    if (!select.current) return;
    field.current?.setSelectionRange(...select.current);
    select.current = null;
  });
  const change = (next: string) => {
    setText(next);
    saveDraft(me, conversation, kind, next);
  };
  const switchTo = (next: MessageKind) => {
    if (next === kind) return;
    setKind(next);
    setText(loadDraft(me, conversation, next));
    setCaret(0);
  };
  /** Puts a text in the place of another; what is to be filled in by hand is selected. */
  const replace = (from: number, to: number, by: string) => {
    change(text.slice(0, from) + by + text.slice(to));
    const [placeholder] = openPlaceholders(by);
    const end = from + by.length;
    const start = placeholder === undefined ? end : from + by.indexOf(placeholder);
    select.current = [start, placeholder === undefined ? end : start + placeholder.length];
    setCaret(end);
  };
  return { kind, switchTo, text, change, caret, setCaret, replace, field };
}
