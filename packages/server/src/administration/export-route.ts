import { Type } from 'typebox';
import type { WatchedConfiguration } from '../configuration/index.ts';
import { type Clock, type Database, Fault, type Http } from '../platform/index.ts';
import { recordAudit } from './audit/record-audit.ts';
import { exportConfiguration } from './export-configuration.ts';
import { applyingAs, type Identify, requireRole } from './identify.ts';

export interface ExportRouteParts {
  http: Http;
  identify: Identify;
  database: Database;
  clock: Clock;
  configuration: WatchedConfiguration;
}

/** `GET /api/configuration.yaml`: everything that is stored, as a configuration file. */
export function exportRoute(parts: ExportRouteParts): void {
  const { http, identify, configuration, database, clock } = parts;
  http.get(
    '/api/configuration.yaml',
    {
      schema: {
        tags: ['Configuration'],
        querystring: Type.Object({
          secrets: Type.Boolean({
            default: false,
            description: 'in clear; needs the role secrets',
          }),
        }),
      },
    },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, ['administrator']));
      const { secrets } = request.query;
      if (secrets && !author.roles.includes('secrets')) {
        throw new Fault('forbidden', 403, 'An export with secrets needs the role secrets.');
      }
      await configuration.refresh();
      const deed = { action: 'exported', after: { secrets } } as const;
      await recordAudit(database.kysely, clock, author.origin, deed);
      return reply
        .type('text/yaml; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="countersign.yaml"')
        .send(exportConfiguration(configuration.stored(), { secrets }));
    },
  );
}
