import type { ConfigurationWriter, User, WatchedConfiguration } from '../../configuration/index.ts';
import { type Clock, notFound } from '../../platform/index.ts';
import { applyingAs } from '../identify.ts';
import { writeStaff } from './staff-store.ts';

/** The name of a person, and the nickname where it is the same. */
export async function renameUser(
  {
    writer,
    configuration,
    clock,
  }: { writer: ConfigurationWriter; configuration: WatchedConfiguration; clock: Clock },
  user: User,
  name: string,
): Promise<void> {
  const { origin } = applyingAs({ kind: 'user', user });
  await writer.write(origin, async (stored, transaction) => {
    for (const object of stored) {
      if (object.kind !== 'users' || object.id !== user.id) continue;
      const { id, name: email, body } = object;
      const nickname = body.nickname === body.displayName ? name : body.nickname;
      await writeStaff(transaction, { id, email, name }, new Date(clock.now()));
      const renamed = { ...body, displayName: name, nickname };
      return { put: [{ kind: 'users', id, name: email, body: renamed }] };
    }
    throw notFound('user');
  });
  await configuration.refresh();
}
