import type { ConfigurationWriter, WatchedConfiguration } from '../../configuration/index.ts';
import { type Clock, notFound } from '../../platform/index.ts';
import { writeStaff } from './staff-store.ts';

/** The name of a person, and the nickname where it is the same. */
export async function renameUser(
  {
    writer,
    configuration,
    clock,
  }: { writer: ConfigurationWriter; configuration: WatchedConfiguration; clock: Clock },
  userId: string,
  name: string,
): Promise<void> {
  await writer.write(async (stored, transaction) => {
    for (const object of stored) {
      if (object.kind !== 'users' || object.id !== userId) continue;
      const { id, name: email, body } = object;
      const nickname = body.nickname === body.displayName ? name : body.nickname;
      await writeStaff(transaction, { id, email, name }, new Date(clock.now()));
      return [{ kind: 'users', id, name: email, body: { ...body, displayName: name, nickname } }];
    }
    throw notFound('user');
  });
  await configuration.refresh();
}
