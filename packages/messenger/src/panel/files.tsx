/** Files as the customer sees them: the button, what is chosen, and what was sent. */
import type { SentFile } from '@countersign/transport';
import type { AroundStrings } from './around-strings.ts';
import type { FileAddresses } from './file-addresses.ts';
import type { Chosen, FileLimits, FileSender } from './file-sender.ts';
import { faultInWords, limitsInWords, sizeInWords } from './file-words.ts';
import { fill } from './fill.ts';

const PICTURES = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;
const CLIP =
  'M20 11.5l-8.2 8.1a5 5 0 01-7-7l8.4-8.4a3.3 3.3 0 014.7 4.7l-8.4 8.3a1.7 1.7 0 01-2.4-2.4l7.6-7.5';

interface ButtonProps {
  strings: AroundStrings;
  limits: FileLimits;
  language: string;
  disabled: boolean;
  onClick(): void;
}

export function AttachButton({ strings, limits, language, disabled, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      class="round attach"
      aria-label={strings.attach}
      title={limitsInWords(limits, strings, language)}
      disabled={disabled}
      onClick={onClick}
    >
      <Clip />
    </button>
  );
}

const Clip = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path class="line" d={CLIP} />
  </svg>
);

interface ChosenProps {
  sender: FileSender;
  strings: AroundStrings;
  limits: FileLimits;
  language: string;
  /** Its button is gone. */
  onGone(): void;
}

export function ChosenFiles({ sender, onGone, ...rest }: ChosenProps) {
  if (sender.chosen.length === 0) return null;
  return (
    <ul class="chosen" aria-label={rest.strings.chosen}>
      {sender.chosen.map((one) => (
        <ChosenFile
          key={one.key}
          chosen={one}
          onRetry={() => {
            sender.retry(one.key);
            onGone();
          }}
          onRemove={() => {
            sender.remove(one.key);
            onGone();
          }}
          {...rest}
        />
      ))}
    </ul>
  );
}

function ChosenFile({
  chosen: { file, state },
  strings,
  limits,
  language,
  onRetry,
  onRemove,
}: Omit<ChosenProps, 'sender' | 'onGone'> & {
  chosen: Chosen;
  onRetry(): void;
  onRemove(): void;
}) {
  const failed = state.kind === 'failed';
  const removal = failed || state.kind === 'ready' ? strings.remove : strings.cancel;
  return (
    <li>
      <div class="about">
        <b>{file.name}</b> <small>{sizeInWords(file.size, language)}</small>
        {state.kind === 'uploading' && (
          <progress max="100" value={String(state.percent)} aria-label={file.name} />
        )}
        <p class={failed ? 'refused' : 'meta'} role={failed ? 'alert' : 'status'}>
          {failed
            ? faultInWords(state.fault, limits, strings, language)
            : strings.fileStates[state.kind]}
        </p>
      </div>
      {failed && state.fault === 'lost' && (
        <button
          type="button"
          class="link"
          aria-label={`${strings.again}: ${file.name}`}
          onClick={onRetry}
        >
          {strings.again}
        </button>
      )}
      <button type="button" class="link" aria-label={`${removal}: ${file.name}`} onClick={onRemove}>
        {removal}
      </button>
    </li>
  );
}

interface SentProps {
  files: readonly SentFile[];
  addresses: FileAddresses;
  strings: AroundStrings;
  language: string;
}

/** Pictures are shown, anything else is a name to download it by. */
export function SentFiles({ files, ...rest }: SentProps) {
  return (
    <>
      {files.map((file) => (
        <Sent key={file.id} file={file} {...rest} />
      ))}
    </>
  );
}

function Sent({
  file,
  addresses,
  strings,
  language,
}: Omit<SentProps, 'files'> & { file: SentFile }) {
  const { id, name, type, size } = file;
  const url = addresses.of(file);
  const label = (
    <>
      <Clip />
      <span>
        {name} {size > 0 && <small>{sizeInWords(size, language)}</small>}
      </span>
    </>
  );
  if (url === null) return <span class="file">{label}</span>;
  const isPicture = PICTURES.test(type);
  return (
    <a
      class="file"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={isPicture ? fill(strings.download, name) : undefined}
      onClick={(event) => {
        if (!addresses.isStale(id)) return;
        event.preventDefault();
        void addresses.renew(id).then((fresh) => download(fresh ?? url));
      }}
    >
      {isPicture ? <img src={url} alt={name} onError={() => addresses.failed(id)} /> : label}
    </a>
  );
}

function download(url: string): void {
  const link = document.createElement('a');
  Object.assign(link, { href: url, target: '_blank', rel: 'noopener noreferrer' });
  link.click();
}
