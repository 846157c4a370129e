import { splitLinks } from './split-links.ts';

/** Text as it is, with http(s) addresses as links that show their real host; nothing else is markup. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {splitLinks(text).map((part, index) =>
        index % 2 === 1 ? (
          <a key={part + String(index)} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
