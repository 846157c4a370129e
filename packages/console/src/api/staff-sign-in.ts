import type { SignInWays, Welcome } from '@countersign/protocol';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { RequestError, request } from './request.ts';

/** What the node answers to a password: who is in, or that a code is asked for. */
interface Answered {
  twoFactorRedirect?: boolean;
}

export type NextStep = 'signed-in' | 'second-factor';

const nextStep = ({ twoFactorRedirect }: Answered): NextStep =>
  twoFactorRedirect ? 'second-factor' : 'signed-in';

/** Ways to a session cookie. All throw `RequestError`. */
export const staffSignIn = {
  ways: () => request<SignInWays>('GET', '/auth/ways'),
  password: async (email: string, password: string) =>
    nextStep(await request<Answered>('POST', '/auth/sign-in/email', { email, password })),
  code: (code: string) => request<unknown>('POST', '/auth/two-factor/verify-totp', { code }),
  recoveryCode: (code: string) =>
    request<unknown>('POST', '/auth/two-factor/verify-backup-code', { code }),
  passkeyOptions: () =>
    request<PublicKeyCredentialRequestOptionsJSON>('POST', '/auth/passkey/options', {}),
  passkey: (response: AuthenticationResponseJSON) =>
    request<unknown>('POST', '/auth/passkey/sign-in', { response }),
  /** Answers where the company's provider asks for the person. */
  company: (returnTo: string) => request<{ url: string }>('POST', '/auth/company', { returnTo }),
};

/** What a link opens. Its token goes in bodies alone. All throw `RequestError`. */
export const welcomeApi = {
  look: (token: string) => request<Welcome>('POST', '/auth/welcome/look', { token }),
  first: (person: { token: string; name: string; email: string; password: string }) =>
    request<unknown>('POST', '/auth/welcome/first', person),
  password: async (token: string, password: string) =>
    nextStep(await request<Answered>('POST', '/auth/welcome', { token, password })),
  passkeyOptions: (token: string) =>
    request<PublicKeyCredentialCreationOptionsJSON>('POST', '/auth/welcome/passkey/options', {
      token,
    }),
  passkey: (token: string, response: RegistrationResponseJSON, name: string) =>
    request<unknown>('POST', '/auth/welcome/passkey', { token, response, name }),
};

/** Ends the session at the node. Throws when the node could not be reached. */
export async function signOut(): Promise<void> {
  await request('POST', '/auth/sign-out').catch((error: unknown) => {
    if (!(error instanceof RequestError) || error.status !== 401) throw error;
  });
}
