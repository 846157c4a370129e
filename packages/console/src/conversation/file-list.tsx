import { ActionIcon } from '@mantine/core';
import { IconFile, IconRefresh, IconX } from '@tabler/icons-react';
import { words } from '../strings/words.ts';
import type { ChosenFile, ChosenFiles } from './use-files.ts';
import './file-list.css';

/** The files that will go with the message: how far they are, or why not, and what to do. */
export function FileList({ chosen }: { chosen: ChosenFiles }) {
  if (chosen.files.length === 0) return null;
  return (
    <ul className="file-list" aria-label={words.files.list}>
      {chosen.files.map((file) => (
        <FileItem key={file.key} file={file} chosen={chosen} />
      ))}
    </ul>
  );
}

function FileItem({ file, chosen }: { file: ChosenFile; chosen: ChosenFiles }) {
  const { name } = file.file;
  const isRefused = file.state === 'refused';
  return (
    <li className={`file-item ${isRefused ? 'file-refused' : ''}`}>
      <IconFile size={16} stroke={1.5} aria-hidden />
      <span className="one-line" title={name}>
        {name}
      </span>
      {file.state === 'uploading' ? (
        <progress value={file.share} aria-label={words.files.uploading(name)} />
      ) : (
        <span className="secondary" role={isRefused ? 'alert' : 'status'}>
          {isRefused ? file.why || words.files.failed : words.files.ready}
        </span>
      )}
      {isRefused && file.retry ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.files.retry(name)}
          onClick={() => chosen.retry(file)}
        >
          <IconRefresh size={16} stroke={1.5} aria-hidden />
        </ActionIcon>
      ) : null}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={words.files.remove(name)}
        onClick={() => chosen.remove(file)}
      >
        <IconX size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
    </li>
  );
}
