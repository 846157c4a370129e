import { words } from '../strings/words.ts';

export function TypingIndicator({ name }: { name: string }) {
  return (
    <div className="typing-line">
      <span className="typing-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span className="secondary">{words.timeline.typing(name)}</span>
    </div>
  );
}
