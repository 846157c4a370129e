import { Type } from 'typebox';
import { Fault } from '../platform/index.ts';
import type { WorkspaceParts } from './index.ts';
import { mayReadAttempts, requireConsoleUser, supervises } from './staff.ts';

const Named = Type.Object({ id: Type.String(), name: Type.String() });

const Deployment = Type.Object({
  id: Type.String(),
  name: Type.String(),
  workstream: Type.String(),
  setting: Type.Union([Named, Type.Null()], { description: 'null: without authentication' }),
});

/** What routing can be tried for: names only, no address and no secret. */
export function deploymentRoutes({ http, identify, configuration }: WorkspaceParts): void {
  http.get(
    '/api/deployments',
    {
      schema: {
        tags: ['Supervision'],
        response: { 200: Type.Object({ items: Type.Array(Deployment) }) },
      },
    },
    async (request) => {
      const staff = await requireConsoleUser(identify, request);
      if (!supervises(staff) && !mayReadAttempts(staff))
        throw new Fault(
          'forbidden',
          403,
          'This needs the role supervisor, administrator or developer.',
        );
      const deployments = [...configuration.current().deployments.values()];
      return {
        items: deployments.map(({ id, name, workstream, setting }) => ({
          id,
          name,
          workstream: workstream.name,
          setting: setting && { id: setting.id, name: setting.name },
        })),
      };
    },
  );
}
