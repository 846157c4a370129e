import type { SetupStep } from '@countersign/protocol';
import type { MessengerConfiguration } from '../../configuration/index.ts';
import type { SetupFacts } from '../read-facts.ts';
import { byName, named, reference, step } from '../step.ts';

/** A messenger configuration is published with authentication on, by one of the settings. */
export function messengerStep({ snapshot, statuses }: SetupFacts): SetupStep {
  const all = byName(snapshot.configurations.values());
  const settingOf = ({ authentication }: MessengerConfiguration) =>
    authentication.enabled ? statuses.find(({ id }) => id === authentication.settingId) : undefined;
  const signingIn = all.filter((configuration) => settingOf(configuration) !== undefined);
  const [first] = signingIn;
  if (first)
    return step(
      'messenger',
      'done',
      `“${first.name}” is published as version ${first.version} with authentication by “${settingOf(first)?.name}”.`,
      signingIn.map((configuration) => reference('messengerConfigurations', configuration)),
    );
  if (all.length === 0)
    return step('messenger', 'todo', 'There is no published messenger configuration yet.');
  const isAre = all.length === 1 ? 'is' : 'are';
  return step(
    'messenger',
    'doing',
    `${named(all)} ${isAre} published, but without authentication by an authentication setting for the web.`,
    all.map((configuration) => reference('messengerConfigurations', configuration)),
  );
}
