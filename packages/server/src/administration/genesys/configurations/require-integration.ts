import type { Bodies, StoredObject } from '../../../configuration/index.ts';
import { ofKind } from '../../objects/names.ts';
import { invalidAt } from '../vendor-fault.ts';

type Body = Bodies['messengerConfigurations'];

/**
 * What a configuration names is an integration that is active. Other kinds of sign-in than OpenID Connect
 * are no integration of theirs, and stay where they are.
 */
export function requireIntegration(
  stored: readonly StoredObject[],
  { authentication: { enabled, settingId } }: Body,
  before: Body,
): void {
  const place = 'authenticationSettings.integrationId';
  if (settingId === null) {
    if (enabled) throw invalidAt(place, 'expected an integration, since authentication is enabled');
    return;
  }
  if (settingId === before.authentication.settingId) return;
  const settings = ofKind(stored, 'authenticationSettings');
  const setting = settings.find(({ id }) => id === settingId);
  if (setting?.body.type === 'openid-connect') return;
  throw invalidAt(place, 'expected an integration that is there and active');
}
