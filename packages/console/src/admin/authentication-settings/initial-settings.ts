import type { ShownObject } from '@countersign/protocol';

export type SettingType = ShownObject<'authenticationSettings'>['type'];
export const settingTypes = ['openid-connect', 'signed-token', 'apple-oauth'] as const;

/** With what a new setting of each type begins: what the file would fill in by itself. */
export const initialSettings: Record<SettingType, Record<string, unknown>> = {
  'openid-connect': {
    type: 'openid-connect',
    clientAuthentication: 'auto',
    reproof: 'token',
    refreshTokenLifetime: 86_400,
    clockTolerance: 30,
    enforcement: 'enforced',
  },
  'signed-token': {
    type: 'signed-token',
    clientFunction: 'auth.getAuthenticationToken',
    clockTolerance: 30,
    maxLifetime: 86_400,
    reproof: 'token',
    enforcement: 'enforced',
  },
  'apple-oauth': {
    type: 'apple-oauth',
    scopes: ['openid', 'profile', 'email'],
    accessTokenExpiry: 3600,
  },
};
