'use client';

import { Messenger, useMessenger } from '@countersign/page-kit/react';

export function Chat({ nodeUrl, deploymentId }: { nodeUrl: string; deploymentId: string }) {
  return <Messenger nodeUrl={nodeUrl} deploymentId={deploymentId} getToken={fetchToken} />;
}

/** Null: nobody is signed in. */
async function fetchToken(): Promise<string | null> {
  const answer = await fetch('/chat-token', { method: 'POST' });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`/chat-token answered ${answer.status}`);
  return answer.text();
}

export function ChatButton() {
  const { open, unread, signedInAs } = useMessenger();
  return (
    <button type="button" onClick={open}>
      {signedInAs ? `Chat as ${signedInAs}` : 'Ask us'}
      {unread > 0 && ` (${unread} new)`}
    </button>
  );
}

/** First out of the chat, on every device and in every tab, then out of the site. */
export function SignOutButton() {
  const { signOut } = useMessenger();
  const leave = async () => {
    await signOut().catch(console.error);
    await fetch('/sign-out', { method: 'POST' });
    location.assign('/');
  };
  return (
    <button type="button" onClick={leave}>
      Sign out
    </button>
  );
}
