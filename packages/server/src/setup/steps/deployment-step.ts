import type { SetupStep } from '@countersign/protocol';
import type { SetupFacts } from '../read-facts.ts';
import { named, reference, step } from '../step.ts';

/** A deployment with such a messenger is active, and some site may use it. */
export function deploymentStep({ ready, signingIn }: SetupFacts): SetupStep {
  if (ready.length > 0)
    return step(
      'deployment',
      'done',
      `${named(ready)} ${ready.length === 1 ? 'is' : 'are'} active, with allowed domains.`,
      ready.map((deployment) => reference('deployments', deployment)),
    );
  const [first] = signingIn;
  if (!first)
    return step(
      'deployment',
      'todo',
      'No deployment has a messenger configuration with authentication yet.',
    );
  const why = first.status === 'Inactive' ? 'its status is Inactive' : 'it allows no domain';
  return step(
    'deployment',
    'doing',
    `“${first.name}” takes no customers: ${why}.`,
    signingIn.map((deployment) => reference('deployments', deployment)),
  );
}
