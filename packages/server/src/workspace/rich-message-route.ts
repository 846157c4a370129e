import { RichMessageChoice } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import { Fault } from '../platform/index.ts';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** What an agent can send besides text, by the name under which it is configured, and what cannot be now. */
export function richMessageRoute(parts: WorkspaceParts): void {
  const { http, configuration, checkOutgoing } = parts;
  http.get(
    '/api/conversations/:id/rich-messages',
    {
      schema: {
        tags: ['Conversations'],
        params: Id,
        response: { 200: Type.Object({ items: Type.Array(RichMessageChoice) }) },
      },
    },
    async (request) => {
      const { record } = await visibleConversation(parts, request);
      if (record.channel !== 'apple') return { items: [] };
      const items: Static<typeof RichMessageChoice>[] = [];
      for (const { name, type } of configuration.current().richMessages.values()) {
        if (type === 'authentication') continue;
        const refused = await checkOutgoing(record, [{ type: 'rich-message', name }]).then(
          () => null,
          reasonOf,
        );
        items.push({ name, type, ...(refused && { refused }) });
      }
      return { items };
    },
  );
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Fault && cause.status === 409) return cause.code;
  throw cause;
}
