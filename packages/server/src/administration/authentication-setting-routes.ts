import { AuthenticationSettingStatus } from '@countersign/protocol';
import { Type } from 'typebox';
import type { Configuration } from '../configuration/index.ts';
import { type IdentityModule, isTokenSetting, type SettingStatus } from '../identity/index.ts';
import { type Http, notFound } from '../platform/index.ts';
import { type Identify, requireRole } from './identify.ts';

const tags = ['Authentication settings'];

const Refetched = Type.Object({
  setting: AuthenticationSettingStatus,
  problems: Type.Array(Type.Object({ url: Type.String(), problem: Type.String() }), {
    description: 'what could not be fetched; there the keys read before stay in use',
  }),
});

export interface AuthenticationSettingRouteParts {
  http: Http;
  identify: Identify;
  configuration: Configuration;
  identity: Pick<IdentityModule, 'settingStatuses' | 'refetchKeys'>;
}

/** How each authentication setting and its keys are doing. */
export function authenticationSettingRoutes(parts: AuthenticationSettingRouteParts): void {
  const { http, identify, configuration, identity } = parts;

  /** Active deployments and others: a setting that a sleeping one uses is not unused. */
  const withUse = (status: SettingStatus): AuthenticationSettingStatus => ({
    ...status,
    usedBy: [...configuration.current().deployments.values()]
      .filter(({ setting }) => setting?.id === status.id)
      .map(({ id, name }) => ({ id, name })),
  });

  http.get(
    '/api/authentication-settings',
    {
      schema: {
        tags,
        response: { 200: Type.Object({ items: Type.Array(AuthenticationSettingStatus) }) },
      },
    },
    async (request) => {
      await requireRole(identify, request, ['administrator', 'developer']);
      const settings = [...configuration.current().settings.values()].filter(isTokenSetting);
      return { items: (await identity.settingStatuses(settings)).map(withUse) };
    },
  );

  http.post(
    '/api/authentication-settings/:id/refetch',
    {
      schema: {
        tags,
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 200: Refetched },
      },
    },
    async (request) => {
      await requireRole(identify, request, ['administrator', 'developer']);
      const setting = configuration.current().settings.get(request.params.id.toLowerCase());
      if (!setting || !isTokenSetting(setting)) throw notFound('authentication setting');
      const problems = await identity.refetchKeys(setting);
      const [status] = await identity.settingStatuses([setting]);
      if (!status) throw new Error('a setting without a status');
      return { setting: withUse(status), problems };
    },
  );
}
