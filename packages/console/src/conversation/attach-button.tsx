import type { Conversation } from '@countersign/protocol';
import { ActionIcon } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { useChannel } from '../customer/use-channel.ts';
import { words } from '../strings/words.ts';
import type { ChosenFiles } from './use-files.ts';

const BYTES_PER_MB = 1024 * 1024;

interface Props {
  conversation: Conversation;
  chosen: ChosenFiles;
}

/** Says before anybody chooses what can be sent; nothing where the customer's channel takes no files. */
export function AttachButton({ conversation, chosen }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const limits = useChannel(conversation).data?.files;
  if (!limits) return null;
  const { types, maxBytes } = limits;
  const isAny = types.includes('*/*');
  const size = `${Math.max(0.1, Math.floor((maxBytes / BYTES_PER_MB) * 10) / 10)} MB`;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        {...(isAny ? {} : { accept: types.join(',') })}
        onChange={({ currentTarget }) => {
          chosen.add([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={words.files.attach}
        title={words.files.limits(isAny ? words.files.anyKind : types.join(', '), size)}
        onClick={() => input.current?.click()}
      >
        <IconPaperclip size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
    </>
  );
}
