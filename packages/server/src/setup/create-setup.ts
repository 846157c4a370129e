import {
  IdentityTest,
  IdentityTestRequest,
  Setup,
  SnippetTest,
  SnippetTestRequest,
} from '@countersign/protocol';
import { type Identify, requireRole } from '../administration/index.ts';
import { type IdentityModule, isTokenSetting } from '../identity/index.ts';
import { type Http, notFound, type Outbound } from '../platform/index.ts';
import { type FactParts, readFacts } from './read-facts.ts';
import { agentsStep } from './steps/agents-step.ts';
import { deploymentStep } from './steps/deployment-step.ts';
import { identityStep } from './steps/identity-step.ts';
import { messengerStep } from './steps/messenger-step.ts';
import { snippetStep } from './steps/snippet-step.ts';
import { testStep } from './steps/test-step.ts';
import { testIdentity } from './test-identity.ts';
import { testSnippet } from './test-snippet.ts';

const tags = ['Setup'];

export interface SetupParts extends FactParts {
  http: Http;
  identify: Identify;
  identity: Pick<IdentityModule, 'settingStatuses' | 'refetchKeys'>;
  outbound: Outbound;
}

/** The way to a first authenticated conversation: how far it is, and tests of what stands in the way. */
export function createSetup(parts: SetupParts): void {
  const { http, identify, configuration, identity, outbound, publicUrl } = parts;

  http.get('/api/setup', { schema: { tags, response: { 200: Setup } } }, async (request) => {
    await requireRole(identify, request, ['administrator']);
    const facts = await readFacts(parts);
    return {
      steps: [
        identityStep(facts),
        messengerStep(facts),
        deploymentStep(facts),
        snippetStep(facts),
        testStep(facts),
        agentsStep(facts),
      ],
    };
  });

  http.post(
    '/api/setup/identity/test',
    { schema: { tags, body: IdentityTestRequest, response: { 200: IdentityTest } } },
    async (request) => {
      await requireRole(identify, request, ['administrator']);
      const { setting: nameOrId } = request.body;
      const { settings } = configuration.current();
      const setting =
        settings.get(nameOrId.toLowerCase()) ??
        [...settings.values()].find(({ name }) => name === nameOrId);
      if (!setting || !isTokenSetting(setting)) throw notFound('authentication setting');
      return testIdentity(identity, setting);
    },
  );

  http.post(
    '/api/setup/snippet/test',
    { schema: { tags, body: SnippetTestRequest, response: { 200: SnippetTest } } },
    async (request) => {
      await requireRole(identify, request, ['administrator']);
      const { deployment: id, url } = request.body;
      const deployment = configuration.current().deployments.get(id.toLowerCase());
      if (!deployment) throw notFound('deployment');
      return testSnippet({ deployment, url, publicUrl }, outbound);
    },
  );
}
