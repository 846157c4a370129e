import { createAuthClient } from 'better-auth/client';

const client = createAuthClient({ basePath: '/auth', fetchOptions: { retry: 0 } });

export type SignInResult = 'signed-in' | 'wrong' | 'too-many' | 'unreachable';

/** Email and password to a session cookie. Never throws. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  try {
    const { error } = await client.signIn.email({ email, password });
    if (!error) return 'signed-in';
    if (error.status === 429) return 'too-many';
    return error.status >= 400 && error.status < 500 ? 'wrong' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** Ends the session at the node. Throws when the node could not be reached. */
export async function signOut(): Promise<void> {
  const { error } = await client.signOut();
  if (error && error.status !== 401) throw new Error('sign-out failed');
}
