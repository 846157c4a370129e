import { Messenger, useMessenger } from '@countersign/page-kit/react';
import { useEffect, useState } from 'react';
import * as site from './site';

export function App() {
  const [name, setName] = useState<string | null>(null);
  const { open, signIn, signOut, unread, signedInAs } = useMessenger();
  useEffect(() => {
    void site.whoIsThere().then(setName);
  }, []);

  const enter = async () => {
    await site.signIn();
    setName(await site.whoIsThere());
    await signIn();
  };
  // First out of the chat, on every device and in every tab, then out of the site
  const leave = async () => {
    await signOut().catch(console.error);
    await site.signOut();
    setName(null);
  };
  return (
    <main>
      <h1>A shop</h1>
      <button type="button" onClick={open}>
        {signedInAs ? `Chat as ${signedInAs}` : 'Ask us'}
        {unread > 0 && ` (${unread} new)`}
      </button>
      <button type="button" onClick={name ? leave : enter}>
        {name ? 'Sign out' : 'Sign in as Ada'}
      </button>
      <Messenger
        nodeUrl={import.meta.env.VITE_CHAT_NODE_URL}
        deploymentId={import.meta.env.VITE_CHAT_DEPLOYMENT_ID}
        getToken={site.fetchToken}
      />
    </main>
  );
}
