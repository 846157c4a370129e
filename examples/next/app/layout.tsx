import type { ReactNode } from 'react';
import { Chat } from './chat';

export const dynamic = 'force-dynamic';

/** The messenger stands in the layout: it stays as it is while the customer goes from page to page. */
export default function Layout({ children }: { children: ReactNode }) {
  const { CHAT_NODE_URL = 'http://127.0.0.1:8080', CHAT_DEPLOYMENT_ID = '' } = process.env;
  return (
    <html lang="en">
      <body>
        {children}
        <Chat nodeUrl={CHAT_NODE_URL} deploymentId={CHAT_DEPLOYMENT_ID} />
      </body>
    </html>
  );
}
