import { ChoiceList } from '../choices/choice-list.tsx';
import { words } from '../strings/words.ts';
import type { Suggestion, Suggestions } from './use-suggestions.ts';

/** Above the field: what can be put in where the caret stands. */
export function SuggestionList({ asked, failed, choices }: Suggestions) {
  if (asked === null) return null;
  const kind = asked === '/' ? words.quickReplies : words.mentions;
  return (
    <div className="suggestions">
      <p className="secondary suggestions-hint">{kind.hint}</p>
      <ChoiceList
        choices={choices}
        label={kind.label}
        keyOf={(item) => (item.kind === 'reply' ? item.reply.id : item.agent.id)}
        empty={failed ? kind.failed : kind.none}
      >
        {(item) => <SuggestionLine item={item} />}
      </ChoiceList>
    </div>
  );
}

function SuggestionLine({ item }: { item: Suggestion }) {
  if (item.kind === 'agent') return <span>{item.agent.name}</span>;
  const { title, text, locale, tags } = item.reply;
  return (
    <>
      <strong className="suggestions-title">{title}</strong>
      <span className="one-line secondary" lang={locale}>
        {text}
      </span>
      <span className="secondary">{[locale, ...tags.map((tag) => `#${tag}`)].join(' ')}</span>
    </>
  );
}
