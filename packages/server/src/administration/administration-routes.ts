import { ConfigurationChange, ConfigurationFault, Problem } from '@countersign/protocol';
import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { Fault, type Http } from '../platform/index.ts';
import type { ApplyOptions, ApplyResult } from './apply-configuration.ts';
import { type Identify, requireRole, type Staff } from './identify.ts';

const BODY_LIMIT_BYTES = 4 * 1_048_576;

const Applied = Type.Object({ changes: Type.Array(ConfigurationChange) });
const Options = Type.Object({
  prune: Type.Boolean({
    default: false,
    description: 'delete what a file once made and this one no longer names',
  }),
  rehearse: Type.Boolean({ default: false, description: 'say what would change; change nothing' }),
});
const Refused = Type.Intersect([Problem, Type.Object({ faults: Type.Array(ConfigurationFault) })]);

export interface AdministrationRouteParts {
  identify: Identify;
  /** Applies a file that came over HTTP: its secrets are in it. */
  apply: (text: string, staff: Staff, options: ApplyOptions) => Promise<ApplyResult>;
}

/** The configuration file over HTTP. */
export async function administrationRoutes(
  http: Http,
  { identify, apply }: AdministrationRouteParts,
): Promise<void> {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['text/yaml', 'application/yaml'],
      { parseAs: 'string' },
      (_request, body, done) => done(null, body),
    );
    const schema = { querystring: Options, response: { 200: Applied, 422: Refused } };
    const options = { schema, bodyLimit: BODY_LIMIT_BYTES };
    type Query = { Querystring: Static<typeof Options> };
    scope.post<Query>('/api/configuration', options, async (request, reply) => {
      const staff = await requireRole(identify, request, ['administrator']);
      if (typeof request.body !== 'string') {
        throw new Fault('invalid_request', 400, 'The body is a configuration file, as text/yaml.');
      }
      return answer(reply, await apply(request.body, staff, request.query));
    });
  });
}

function answer(reply: FastifyReply, result: ApplyResult): FastifyReply {
  if ('changes' in result) return reply.send(result);
  const { faults } = result;
  return reply
    .code(422)
    .type('application/problem+json')
    .send({
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      code: 'invalid_configuration',
      detail: `The configuration file has ${faults.length} fault(s). Nothing was changed.`,
      faults,
    });
}
