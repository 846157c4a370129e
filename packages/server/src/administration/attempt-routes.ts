import { Attempt, reasons, TriedToken } from '@countersign/protocol';
import { Type } from 'typebox';
import type { Configuration } from '../configuration/index.ts';
import { type IdentityModule, isTokenSetting } from '../identity/index.ts';
import { type Http, notFound } from '../platform/index.ts';
import { type Identify, requireRole } from './identify.ts';

const tags = ['Sign-in attempts'];

const AttemptQuery = Type.Object({
  outcome: Type.Optional(Type.Enum(['accepted', 'refused'])),
  reason: Type.Optional(Type.Enum([...reasons])),
  setting: Type.Optional(Type.String({ maxLength: 200, description: 'name or id' })),
  reference: Type.Optional(Type.String({ maxLength: 20, description: 'as people type it' })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});

const TokenToTry = Type.Object(
  {
    setting: Type.String({ minLength: 1, maxLength: 200, description: 'name or id' }),
    token: Type.String({ minLength: 1, maxLength: 65_536 }),
  },
  { additionalProperties: false },
);

export interface AttemptRouteParts {
  http: Http;
  identify: Identify;
  configuration: Configuration;
  identity: Pick<IdentityModule, 'attempts' | 'tryToken'>;
}

/** The authentication debugger: what became of every proof, and what would become of a token. */
export function attemptRoutes({
  http,
  identify,
  configuration,
  identity,
}: AttemptRouteParts): void {
  const settingNamed = (nameOrId: string) => {
    const { settings } = configuration.current();
    const byId = settings.get(nameOrId.toLowerCase());
    return byId ?? [...settings.values()].find(({ name }) => name === nameOrId);
  };

  http.get(
    '/api/attempts',
    {
      schema: {
        tags,
        querystring: AttemptQuery,
        response: {
          200: Type.Object({ items: Type.Array(Attempt), next: Type.Optional(Type.String()) }),
        },
      },
    },
    async (request) => {
      await requireRole(identify, request, ['administrator', 'developer']);
      const { setting, ...filter } = request.query;
      if (setting === undefined) return identity.attempts(filter);
      const found = settingNamed(setting);
      return found ? identity.attempts({ ...filter, settingId: found.id }) : { items: [] };
    },
  );

  http.get(
    '/api/attempts/:reference',
    {
      schema: {
        tags,
        params: Type.Object({ reference: Type.String({ maxLength: 20 }) }),
        response: { 200: Attempt },
      },
    },
    async (request) => {
      await requireRole(identify, request, ['administrator', 'developer']);
      const { reference } = request.params;
      const { items } = await identity.attempts({ reference, limit: 1 });
      const [attempt] = items;
      if (!attempt) throw notFound('attempt');
      return attempt;
    },
  );

  http.post(
    '/api/attempts/try',
    { schema: { tags, body: TokenToTry, response: { 200: TriedToken } } },
    async (request) => {
      await requireRole(identify, request, ['administrator', 'developer']);
      const setting = settingNamed(request.body.setting);
      if (!setting || !isTokenSetting(setting)) throw notFound('authentication setting');
      return identity.tryToken(setting, request.body.token);
    },
  );
}
