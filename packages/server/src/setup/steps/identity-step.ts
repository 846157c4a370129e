import type { SetupStep } from '@countersign/protocol';
import type { SettingStatus } from '../../identity/index.ts';
import type { SetupFacts } from '../read-facts.ts';
import { reference, step, whenUtc } from '../step.ts';

/** A setting exists, and what its tokens are verified by could be fetched. */
export function identityStep({ statuses, signingIn }: SetupFacts): SetupStep {
  if (statuses.length === 0)
    return step(
      'identity',
      'todo',
      'There is no authentication setting of the type openid-connect or signed-token yet.',
    );
  const inUse = statuses.filter(({ id }) => signingIn.some(({ setting }) => setting?.id === id));
  const judged = inUse.length > 0 ? inUse : statuses;
  const failing = judged.find(isFailing);
  if (failing) return of(failing, 'failing', failing.health.why);
  const unread = judged.find((status) => !isRead(status));
  if (unread)
    return of(
      unread,
      'doing',
      `${unread.type === 'openid-connect' ? 'Its discovery document and keys were' : 'Its public keys were'} not fetched yet.`,
    );
  const [first] = judged;
  if (!first) throw new Error('a setting went missing');
  return step(
    'identity',
    'done',
    `“${first.name}”: ${whatWasRead(first)}${lastSuccess(first)}.`,
    judged.map((status) => reference('authenticationSettings', status)),
  );
}

const of = (status: SettingStatus, state: 'doing' | 'failing', why: string): SetupStep =>
  step('identity', state, `“${status.name}”: ${why}`, [
    reference('authenticationSettings', status),
  ]);

const isFailing = ({ health, sources }: SettingStatus): boolean =>
  health.colour === 'red' || sources.some(({ failing }) => failing);

const isRead = ({ sources }: SettingStatus): boolean =>
  sources.length > 0 && sources.every(({ fetchedAt }) => fetchedAt !== null);

function whatWasRead({ type, sources }: SettingStatus): string {
  const at = sources.flatMap(({ fetchedAt }) => fetchedAt ?? []).toSorted()[0] ?? '';
  const what = type === 'openid-connect' ? 'discovery document and keys' : 'public keys';
  return `${what} were fetched on ${whenUtc(at)}`;
}

const lastSuccess = ({ lastSuccess: last }: SettingStatus): string =>
  last ? `, and a sign-in was last accepted on ${whenUtc(last.at)}` : '; nobody has signed in yet';
