import { Entry } from '@countersign/protocol';
import { Type } from 'typebox';
import { askToSignIn } from './ask-to-sign-in.ts';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { presentEntry } from './present.ts';
import { asAgent, staffId } from './staff.ts';

/**
 * `again`: in the place of a request that waits for its answer. `message`: the name of one of the setting's
 * sign-in messages. On the web there is neither.
 */
const Ask = Type.Optional(
  Type.Union([
    Type.Object({
      again: Type.Optional(Type.Boolean()),
      message: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    Type.Null(),
  ]),
);
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** An agent asks the customer to sign in. */
export function askToSignInRoutes(parts: WorkspaceParts): void {
  parts.http.post(
    '/api/conversations/:id/request-authentication',
    { schema: { tags: ['Conversations'], params: Id, body: Ask, response: { 200: Entry } } },
    async (call) => {
      const { body } = call;
      const { staff, record } = await visibleConversation(parts, call);
      const channel = parts.channelSignIns?.[record.channel];
      const agent = asAgent(staff);
      const entry = channel
        ? await channel.request(agent, record.id, body ?? {})
        : await askToSignIn(parts, agent, record.id);
      return presentEntry(entry, staffId(staff));
    },
  );
}
