import { customerOf } from '@countersign-example/sample-site';
import { headers } from 'next/headers';
import { ChatButton, SignOutButton } from './chat';

export default async function Page() {
  const customer = customerOf((await headers()).get('cookie'));
  return (
    <main>
      <h1>A shop</h1>
      <ChatButton />
      {customer ? (
        <SignOutButton />
      ) : (
        <form method="post" action="/sign-in">
          <button type="submit">Sign in as Ada</button>
        </form>
      )}
    </main>
  );
}
