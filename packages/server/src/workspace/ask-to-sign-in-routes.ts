import { Entry } from '@countersign/protocol';
import { Type } from 'typebox';
import { askToSignIn } from './ask-to-sign-in.ts';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { presentEntry } from './present.ts';
import { asAgent, staffId } from './staff.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** An agent asks the customer to sign in. */
export function askToSignInRoutes(parts: WorkspaceParts): void {
  parts.http.post(
    '/api/conversations/:id/request-authentication',
    { schema: { tags: ['Conversations'], params: Id, response: { 200: Entry } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      return presentEntry(await askToSignIn(parts, asAgent(staff), record.id), staffId(staff));
    },
  );
}
