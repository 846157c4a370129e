import type { Conversation } from '@countersign/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconShieldQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { workspaceApi } from '../api/workspace-api.ts';
import { whyNotAsked } from '../customer/channel-card.tsx';
import { useChannel } from '../customer/use-channel.ts';
import { words } from '../strings/words.ts';
import './more-menu.css';

/** What is done now and then with a conversation. What cannot be done says why. */
export function MoreMenu({ conversation }: { conversation: Conversation }) {
  const [failed, setFailed] = useState<string | null>(null);
  const whyNot = conversation.cannotAskToSignIn;
  const messages = useChannel(conversation).data?.signInMessages ?? [];
  const ask = async (message?: string) => {
    setFailed(null);
    await workspaceApi
      .askToSignIn(conversation.id, message === undefined ? {} : { message })
      .catch((error: unknown) => setFailed(whyNotAsked(error)));
  };
  return (
    <>
      {failed ? (
        <span className="secondary" role="alert">
          {failed}
        </span>
      ) : null}
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={words.askToSignIn.menu}
            className="more-menu-button"
          >
            <IconDots size={20} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {messages.length > 1 && whyNot === undefined ? (
            messages.map((message) => (
              <AskItem key={message} onClick={() => void ask(message)} hint={message} />
            ))
          ) : (
            <AskItem
              {...(whyNot === undefined ? { onClick: () => void ask() } : {})}
              hint={whyNot ? words.askToSignIn.whyNot[whyNot] : words.askToSignIn.hint}
            />
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** Without an `onClick` it is reached with the keyboard all the same: it says why it cannot be chosen. */
function AskItem({ onClick, hint }: { onClick?: () => void; hint: string }) {
  return (
    <Menu.Item
      className="more-menu-item"
      {...(onClick ? { onClick } : { 'data-disabled': true })}
      leftSection={<IconShieldQuestion size={18} stroke={1.5} aria-hidden />}
    >
      {words.askToSignIn.ask}
      <span className="secondary more-menu-hint">{hint}</span>
    </Menu.Item>
  );
}
