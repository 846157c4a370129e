import type { MessageKind } from '../api/workspace-api.ts';

/** What somebody began to write: per person, conversation and kind, on this device only. */
const draftKey = (me: string, conversation: string, kind: MessageKind): string =>
  `countersign.draft.${me}.${conversation}.${kind}`;

export function loadDraft(me: string, conversation: string, kind: MessageKind): string {
  try {
    return localStorage.getItem(draftKey(me, conversation, kind)) ?? '';
  } catch {
    return '';
  }
}

export function saveDraft(me: string, conversation: string, kind: MessageKind, text: string): void {
  const key = draftKey(me, conversation, kind);
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Storage is full or denied: the draft then lives as long as the page.
  }
}
