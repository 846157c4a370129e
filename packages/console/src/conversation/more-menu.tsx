import type { Conversation } from '@countersign/protocol';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconShieldQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { RequestError } from '../api/request.ts';
import { workspaceApi } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';
import './more-menu.css';

/** What is done now and then with a conversation. What cannot be done says why. */
export function MoreMenu({ conversation }: { conversation: Conversation }) {
  const [failed, setFailed] = useState<string | null>(null);
  const whyNot = conversation.cannotAskToSignIn;
  const ask = async () => {
    setFailed(null);
    await workspaceApi
      .askToSignIn(conversation.id)
      .catch((error: unknown) => setFailed(whyFailed(error)));
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
          <Menu.Item
            className="more-menu-item"
            // Reached with the keyboard all the same: it says why it cannot be chosen
            {...(whyNot === undefined ? { onClick: () => void ask() } : { 'data-disabled': true })}
            leftSection={<IconShieldQuestion size={18} stroke={1.5} aria-hidden />}
          >
            {words.askToSignIn.ask}
            <span className="secondary more-menu-hint">
              {whyNot ? words.askToSignIn.whyNot[whyNot] : words.askToSignIn.hint}
            </span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** What only the asking tells, such as what the customer's device can do. */
function whyFailed(error: unknown): string {
  const whyNot: Partial<Record<string, string>> = words.askToSignIn.whyNot;
  const code = error instanceof RequestError ? error.code : '';
  return whyNot[code] ?? words.askToSignIn.failed;
}
