import { CopyButton } from './copy-button.tsx';

/** A text to take along, such as a snippet or an address, with its button. Long lines are broken. */
export function CopiedText({ text, what }: { text: string; what: string }) {
  return (
    <div className="copied-text">
      <pre>{text}</pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
