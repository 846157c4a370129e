/** What the page asks of its own site. */

/** The given name of whom is signed in; null: nobody. */
export async function whoIsThere(): Promise<string | null> {
  const answer = await fetch('/me');
  const { name }: { name: string | null } = await answer.json();
  return name;
}

export const signIn = () => fetch('/sign-in', { method: 'POST', redirect: 'manual' });
export const signOut = () => fetch('/sign-out', { method: 'POST', redirect: 'manual' });

/** A token of your server about who is signed in there. Null: nobody. */
export async function fetchToken(): Promise<string | null> {
  const answer = await fetch('/chat-token', { method: 'POST' });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`/chat-token answered ${answer.status}`);
  return answer.text();
}
