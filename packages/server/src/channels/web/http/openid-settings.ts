import type { Configuration } from '../../../configuration/index.ts';
import type { OpenIdConnectSetting } from '../../../identity/index.ts';

/** Every setting whose provider may tell that somebody has signed out there. */
export const openIdSettings = (
  configuration: Pick<Configuration, 'current'>,
): OpenIdConnectSetting[] =>
  [...configuration.current().settings.values()].filter(
    (setting) => setting.type === 'openid-connect',
  );
