import type { Account, SecondFactorBegun, StaffSession } from '@countersign/protocol';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { request } from './request.ts';

/** `password` is undefined where there is none. */
type Confirmation = { password?: string };

const confirmed = (password: string | undefined): Confirmation =>
  password === undefined ? {} : { password };

/** The own account. All throw `RequestError`. */
export const accountApi = {
  read: () => request<Account>('GET', '/api/account'),
  rename: (name: string) => request<null>('PUT', '/api/account', { name }),
  changePassword: (password: string | undefined, newPassword: string) =>
    request<null>('POST', '/api/account/password', { ...confirmed(password), newPassword }),

  beginSecondFactor: (password: string | undefined) =>
    request<SecondFactorBegun>('POST', '/api/account/second-factor', confirmed(password)),
  confirmSecondFactor: (code: string) =>
    request<null>('POST', '/api/account/second-factor/confirm', { code }),
  removeSecondFactor: (password: string | undefined) =>
    request<null>('POST', '/api/account/second-factor/remove', confirmed(password)),
  newRecoveryCodes: (password: string | undefined) =>
    request<Pick<SecondFactorBegun, 'recoveryCodes'>>(
      'POST',
      '/api/account/recovery-codes',
      confirmed(password),
    ),

  passkeyOptions: (password: string | undefined) =>
    request<PublicKeyCredentialCreationOptionsJSON>(
      'POST',
      '/api/account/passkeys/options',
      confirmed(password),
    ),
  addPasskey: (response: RegistrationResponseJSON, name: string) =>
    request<null>('POST', '/api/account/passkeys', { response, name }),
  renamePasskey: (id: string, name: string) =>
    request<null>('PATCH', `/api/account/passkeys/${encodeURIComponent(id)}`, { name }),
  removePasskey: (id: string) =>
    request<null>('DELETE', `/api/account/passkeys/${encodeURIComponent(id)}`),

  sessions: () => request<{ items: StaffSession[] }>('GET', '/api/account/sessions'),
  endSession: (id: string) =>
    request<null>('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`),
  endOtherSessions: () => request<{ ended: number }>('DELETE', '/api/account/sessions'),
};
