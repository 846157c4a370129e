import { Menu } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workspaceApi } from '../api/workspace-api.ts';
import { useWorkspace } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';

/** Bubbles of Apple Messages. What the customer's device cannot show says so, and cannot be chosen. */
export function BubbleMenu({ conversation }: { conversation: string }) {
  const { outbox } = useWorkspace();
  const [opened, setOpened] = useState(false);
  // Read each time: the customer may have gone on with another device
  const choices = useQuery({
    queryKey: ['rich-messages', conversation],
    queryFn: () => workspaceApi.richMessages(conversation),
    enabled: opened,
    staleTime: 0,
  });
  const items = choices.data?.items ?? [];
  return (
    <Menu position="top-start" width={280} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <button type="button" className="quiet-button composer-send-key">
          {words.bubbles.open}
          <IconChevronUp size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ name, type, refused }) => (
          <Menu.Item
            key={name}
            disabled={refused !== undefined}
            onClick={() => void outbox.sendBubble(conversation, name)}
          >
            {name}
            <span className="secondary more-menu-hint">
              {refused ? words.bubbles.refused(refused) : words.bubbles.types[type]}
            </span>
          </Menu.Item>
        ))}
        {items.length === 0 ? (
          <Menu.Item disabled>
            {choices.isError
              ? words.bubbles.failed
              : choices.isLoading
                ? words.bubbles.loading
                : words.bubbles.none}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
