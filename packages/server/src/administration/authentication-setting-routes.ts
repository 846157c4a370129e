import { AuthenticationSettingStatus } from '@countersign/protocol';
import { Type } from 'typebox';
import type { Configuration } from '../configuration/index.ts';
import { type IdentityModule, isTokenSetting, type SettingStatus } from '../identity/index.ts';
import { type Http, notFound } from '../platform/index.ts';
import type { Sessions } from '../sessions/index.ts';
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
  sessions: Pick<Sessions, 'wouldBeRefused'>;
}

/** How each authentication setting and its keys are doing. */
export function authenticationSettingRoutes(parts: AuthenticationSettingRouteParts): void {
  const { http, identify, configuration, identity, sessions } = parts;

  /** Active deployments and others: a setting that a sleeping one uses is not unused. */
  const usedBy = (settingId: string): AuthenticationSettingStatus['usedBy'] =>
    [...configuration.current().deployments.values()]
      .filter(({ setting }) => setting?.id === settingId)
      .map(({ id, name }) => ({ id, name }));

  async function withUse(statuses: SettingStatus[]): Promise<AuthenticationSettingStatus[]> {
    const refused = await sessions.wouldBeRefused(statuses.map(({ id }) => id));
    return statuses.map((status) => ({
      ...status,
      usedBy: usedBy(status.id),
      wouldBeRefused: refused.get(status.id) ?? { last24h: 0, last7d: 0 },
    }));
  }

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
      return { items: await withUse(await identity.settingStatuses(settings)) };
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
      const [status] = await withUse(await identity.settingStatuses([setting]));
      if (!status) throw new Error('a setting without a status');
      return { setting: status, problems };
    },
  );
}
