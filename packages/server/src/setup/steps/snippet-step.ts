import type { SetupStep } from '@countersign/protocol';
import type { Sighting } from '../../sightings/index.ts';
import type { SetupFacts } from '../read-facts.ts';
import { named, reference, step, whenUtc } from '../step.ts';

/** The messenger was really asked for, from a site that the deployment allows. */
export function snippetStep({ ready, sightings }: SetupFacts): SetupStep {
  if (ready.length === 0)
    return step(
      'snippet',
      'todo',
      'There is no active deployment whose snippet a site could have.',
    );
  const opened = sightings.find(({ what }) => what === 'messenger');
  const loaded = sightings.find(({ what }) => what === 'loader');
  const of = (sighting: Sighting) =>
    ready
      .filter(({ id }) => id === sighting.deploymentId)
      .map((deployment) => reference('deployments', deployment));
  if (opened)
    return step(
      'snippet',
      'done',
      `${opened.origin} asked for the messenger of ${named(of(opened))}: first on ${whenUtc(opened.firstSeen)}, last on ${whenUtc(opened.lastSeen)}.`,
      of(opened),
    );
  if (loaded)
    return step(
      'snippet',
      'doing',
      `${loaded.origin} has loaded the snippet's script, last on ${whenUtc(loaded.lastSeen)}, but nobody has opened the messenger there yet.`,
      of(loaded),
    );
  return step(
    'snippet',
    'todo',
    `No allowed site has asked for the messenger of ${named(ready)} yet.`,
    ready.map((deployment) => reference('deployments', deployment)),
  );
}
