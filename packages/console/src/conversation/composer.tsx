import type { Conversation, Entry } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import type { MessageKind } from '../api/workspace-api.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { usePreference } from '../preferences/preferences.ts';
import { words } from '../strings/words.ts';
import { AttachButton } from './attach-button.tsx';
import { BubbleMenu } from './bubble-menu.tsx';
import { FileList } from './file-list.tsx';
import { openPlaceholders } from './fill-placeholders.ts';
import { SendKeyMenu } from './send-key-menu.tsx';
import { SuggestionList } from './suggestion-list.tsx';
import { type ComposerState, LONGEST, useComposer } from './use-composer.ts';
import { type Suggestions, useSuggestions } from './use-suggestions.ts';
import './composer.css';

/** From here on the characters left are shown. */
const NEAR_LIMIT = 3600;

interface Props {
  conversation: Conversation;
  entries: readonly Entry[];
  name: string;
}

/** Where replies and notes are written. What cannot be done says why. */
export function Composer({ conversation, entries, name }: Props) {
  const composer = useComposer(conversation);
  const reason = useReason(conversation, composer.kind);
  if (conversation.state === 'closed') {
    return <p className="composer composer-closed secondary">{words.composer.closed}</p>;
  }
  return (
    <div className={`composer ${composer.kind === 'note' ? 'composer-note' : ''}`}>
      <Tabs kind={composer.kind} onChange={composer.setKind} />
      <div className="composer-box">
        {reason && composer.kind === 'message' ? (
          <p className="composer-reason">{reason}</p>
        ) : (
          <Writing composer={composer} conversation={conversation} name={name} />
        )}
      </div>
      {composer.kind === 'message' ? (
        <IdentityWarning conversation={conversation} entries={entries} />
      ) : null}
    </div>
  );
}

/** What an agent has to know of the customer's identity before answering. */
function IdentityWarning(props: { conversation: Conversation; entries: readonly Entry[] }) {
  if (props.conversation.identity.state !== 'lapsed') return null;
  const last = props.entries.findLast(
    ({ kind, data }) =>
      kind === 'signed-in' ||
      kind === 'authentication-requested' ||
      (kind === 'signed-out' && data?.stillVerified !== true),
  );
  const text = last?.kind === 'signed-out' ? words.composer.signedOut : words.composer.lapsed;
  const asked = last?.kind === 'authentication-requested' ? ` ${words.askToSignIn.waiting}` : '';
  return (
    <p className="composer-warning secondary">
      <IdentityGlyph state="lapsed" silent /> {text}
      {asked}
    </p>
  );
}

/** Why no reply can be written now; null: it can. */
function useReason(conversation: Conversation, kind: MessageKind): string | null {
  const me = useWorkspaceState((state) => state.me.id);
  const offers = useWorkspaceState((state) => state.offers);
  if (kind === 'note') return null;
  if (conversation.state === 'wrap-up') return words.composer.wrapUp;
  if (conversation.assignee?.id === me) return null;
  if (conversation.assignee) return words.composer.others(conversation.assignee.name);
  if (conversation.state === 'waiting') return words.composer.unassigned;
  const offered = offers.some((offer) => offer.conversation.id === conversation.id);
  return offered ? words.composer.offeredToYou : words.composer.offered;
}

function Tabs(props: { kind: MessageKind; onChange: (kind: MessageKind) => void }) {
  const tabs = [
    ['message', words.composer.reply],
    ['note', words.composer.note],
  ] as const;
  return (
    <fieldset className="composer-tabs">
      <legend className="unseen">{words.composer.tabs}</legend>
      {tabs.map(([kind, label]) => (
        <button
          key={kind}
          type="button"
          aria-pressed={kind === props.kind}
          onClick={() => props.onChange(kind)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

interface WritingProps {
  composer: ComposerState;
  conversation: Conversation;
  name: string;
}

function Writing({ composer, conversation, name }: WritingProps) {
  const [enterSends, setEnterSends] = usePreference('send-with-enter');
  const suggestions = useSuggestions(composer, conversation);
  useGrowing(composer.field, composer.text);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (suggestions.asked !== null && suggestions.choices.onKeyDown(event)) return;
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter') return;
    const modified = event.ctrlKey || event.metaKey;
    if (!modified && (!enterSends || event.shiftKey)) return;
    event.preventDefault();
    composer.send();
  };
  const label =
    composer.kind === 'note' ? words.composer.notePlaceholder : words.composer.replyTo(name);
  return (
    <>
      <SuggestionList {...suggestions} />
      <textarea
        ref={composer.field}
        aria-label={label}
        placeholder={label}
        dir="auto"
        rows={2}
        value={composer.text}
        onChange={({ currentTarget }) => {
          composer.change(currentTarget.value);
          composer.setCaret(currentTarget.selectionStart);
        }}
        onSelect={(event) => composer.setCaret(event.currentTarget.selectionStart)}
        {...fieldOf(suggestions)}
        onKeyDown={onKeyDown}
      />
      {composer.kind === 'message' ? <FileList chosen={composer.files} /> : null}
      <ToFillIn text={composer.text} />
      <div className="composer-foot">
        {composer.kind === 'message' ? (
          <AttachButton conversation={conversation} chosen={composer.files} />
        ) : null}
        {conversation.channel === 'apple' && composer.kind === 'message' ? (
          <BubbleMenu conversation={conversation.id} />
        ) : null}
        <SendKeyMenu enterSends={enterSends} onChange={setEnterSends} />
        <CharactersLeft length={composer.text.trim().length} />
        <Button disabled={!composer.sendable} onClick={composer.send}>
          {composer.kind === 'note' ? words.composer.addNote : words.composer.send}
        </Button>
      </div>
    </>
  );
}

/** What says to a screen reader that a list belongs to the field, and which choice is pointed at. */
function fieldOf({ asked, choices }: Suggestions) {
  if (asked === null || choices.items.length === 0) return {};
  return {
    'aria-autocomplete': 'list' as const,
    'aria-controls': choices.listId,
    'aria-activedescendant': choices.optionId(choices.active),
  };
}

/** Nothing is known for these placeholders: the customer would read them as they stand. */
function ToFillIn({ text }: { text: string }) {
  const open = openPlaceholders(text);
  return (
    <p className="composer-fill-in secondary" role="status">
      {open.length > 0 ? words.quickReplies.fillIn(open.join(', ')) : ''}
    </p>
  );
}

/** The field grows with its text; the style sheet sets how far. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what sets the height
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}

function CharactersLeft({ length }: { length: number }) {
  const near = length >= NEAR_LIMIT;
  return (
    <span className={`secondary ${length > LONGEST ? 'composer-over' : ''}`} role="status">
      {near ? words.composer.left(LONGEST - length) : ''}
    </span>
  );
}
