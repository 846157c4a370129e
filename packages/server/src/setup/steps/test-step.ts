import type { SetupStep } from '@countersign/protocol';
import type { SettingStatus } from '../../identity/index.ts';
import type { SetupFacts } from '../read-facts.ts';
import { reference, step, whenUtc } from '../step.ts';

/** A proof was accepted, and whoever gave it has written. */
export function testStep({ statuses, ready, isVerifiedSeen }: SetupFacts): SetupStep {
  const used = statuses.filter(({ id }) => ready.some(({ setting }) => setting?.id === id));
  const objects = ready.map((deployment) => reference('deployments', deployment));
  const accepted = latest(used, ({ lastSuccess }) => lastSuccess);
  if (accepted && isVerifiedSeen)
    return step(
      'test',
      'done',
      `There was an authenticated conversation; the last sign-in was accepted on ${whenUtc(accepted.at)} (reference ${accepted.reference}).`,
      objects,
    );
  if (accepted)
    return step(
      'test',
      'doing',
      `A sign-in was accepted (reference ${accepted.reference}), but no customer who is verified has written yet.`,
      objects,
    );
  const refused = latest(used, ({ lastFailure }) => lastFailure);
  if (refused)
    return step(
      'test',
      'failing',
      `No sign-in was accepted yet; the last one was refused: ${refused.reason} (reference ${refused.reference}).`,
      objects,
    );
  const why =
    ready.length === 0 ? 'There is no deployment to try yet.' : 'Nobody has signed in yet.';
  return step('test', 'todo', why, objects);
}

function latest<T extends { at: string }>(
  statuses: SettingStatus[],
  of: (status: SettingStatus) => T | null,
): T | undefined {
  return statuses
    .flatMap((status) => of(status) ?? [])
    .toSorted((a, b) => b.at.localeCompare(a.at))[0];
}
