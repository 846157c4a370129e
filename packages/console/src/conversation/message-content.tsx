import { IconFile } from '@tabler/icons-react';
import { words } from '../strings/words.ts';

/** A text member of an unknown value. */
function text(value: unknown, ...path: string[]): string | null {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return null;
    found = Reflect.get(found, name);
  }
  return typeof found === 'string' && found !== '' ? found : null;
}

/** Only links that lead to a web address or to our own node; never `javascript:` and the like. */
const safeUrl = (url: string | null): string | null =>
  url !== null && /^(https?:\/\/|\/api\/)/i.test(url) ? url : null;

/** What a message holds besides its text: attachments, answers to quick replies. */
export function MessageContent({ content }: { content: readonly unknown[] }) {
  return content.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the content of an entry never changes
    <ContentItem key={index} item={item} />
  ));
}

function ContentItem({ item }: { item: unknown }) {
  const type = text(item, 'contentType');
  if (type === 'Attachment') return <Attachment item={item} />;
  const chosen = text(item, 'buttonResponse', 'text');
  if (type === 'ButtonResponse' && chosen) return <p>{words.timeline.chose(chosen)}</p>;
  const sent = text(item, 'type') === 'rich-message' ? text(item, 'name') : null;
  if (sent) return <span className="bubble-option">{sent}</span>;
  const offered = text(item, 'quickReply', 'text');
  if (type === 'QuickReply' && offered) return <span className="bubble-option">{offered}</span>;
  return <p className="secondary">{words.timeline.unsupported}</p>;
}

function Attachment({ item }: { item: unknown }) {
  const name = text(item, 'attachment', 'filename') ?? words.timeline.attachment;
  const problem = text(item, 'attachment', 'error');
  const url = safeUrl(text(item, 'attachment', 'url'));
  if (url && text(item, 'attachment', 'mediaType') === 'Image')
    return (
      <a className="bubble-picture" href={url} download={name}>
        <img src={url} alt={name} loading="lazy" />
      </a>
    );
  return (
    <p className="bubble-attachment">
      <IconFile size={16} stroke={1.5} aria-hidden />
      {url ? (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      ) : (
        name
      )}
      {problem && <span className="secondary">{words.timeline.attachmentFailed(problem)}</span>}
    </p>
  );
}
